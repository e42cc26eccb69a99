package jsontest

import "reflect"

// Touch reads all the memory that v reaches. A goroutine that does nothing else
// has nothing to do with locks and pools, which order what others do, so that the
// race detector sees whoever writes meanwhile.
func Touch(v reflect.Value) (sum uint64) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return 1 + Touch(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			sum += Touch(v.Field(i))
		}
	case reflect.Slice:
		sum = uint64(v.Len())
		for i := range v.Len() {
			sum += Touch(v.Index(i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			sum += Touch(it.Key()) + Touch(it.Value())
		}
	case reflect.String:
		for _, c := range []byte(v.String()) {
			sum += uint64(c)
		}
	case reflect.Uint8:
		return v.Uint()
	case reflect.Int64:
		return uint64(v.Int())
	case reflect.Float64:
		return uint64(v.Float())
	case reflect.Bool:
		if v.Bool() {
			return 1
		}
	}
	return sum
}
