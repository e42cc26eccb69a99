package wire

// fewNames is how many names of one object are compared one by one, by their
// hashes, before a map takes over.
const fewNames = 32

// repeatedWithin notes the duplicate member names of all objects in the value
// at src[i:end], whose syntax has been checked.
func (d *Decoder) repeatedWithin(i, end int) {
	if c := d.src[i]; c == '{' || c == '[' {
		d.repeatedIn(i)
	}
}

// repeatedIn is repeatedWithin for an object or array; it returns the position
// after it.
func (d *Decoder) repeatedIn(i int) int {
	object := d.src[i] == '{'
	var few [fewNames]string
	var hashes [fewNames]uint32
	var many map[string]struct{}
	n := 0
	for i = d.space(i + 1); d.src[i] != '}' && d.src[i] != ']'; {
		if object {
			at := i
			end, escaped := d.str(i + 1)
			name := d.src[i+1 : end]
			if escaped {
				name = string(unescape(nil, name))
			}
			i = d.space(d.space(end+1) + 1)
			seen := false
			if many != nil {
				_, seen = many[name]
				many[name] = struct{}{}
			} else {
				h := uint32(hash(name, oddSeed) >> 32)
				for k := 0; k < n && !seen; k++ {
					seen = hashes[k] == h && few[k] == name
				}
				switch {
				case seen:
				case n < fewNames:
					few[n], hashes[n] = name, h
					n++
				default:
					many = map[string]struct{}{name: {}}
					for _, other := range few {
						many[other] = struct{}{}
					}
				}
			}
			if seen {
				d.repeated(at)
			}
		}
		if c := d.src[i]; c == '{' || c == '[' {
			i = d.repeatedIn(i)
		} else {
			i = d.skip(i)
		}
		if i = d.space(i); d.src[i] == ',' {
			i = d.space(i + 1)
		}
	}
	return i + 1
}

// oddSeed spreads the hashes of names; any odd number with bits all over does.
const oddSeed = 0x9e3779b97f4a7c15
