package jsonschema_test
import ("testing";"fmt";"strings";"time";"bytes";"runtime";"github.com/secmodel/secmodel/schemas";"github.com/secmodel/secmodel/serialize/jsonschema")
func TestZZ(t *testing.T){
 x,err:=schemas.Release("ocsf","1.8.0"); fmt.Println(len(x),err,bytes.Count(x,[]byte(`"$ref"`)))
 t0:=time.Now(); s,err:=jsonschema.Compile(x); fmt.Println(err,time.Since(t0)); _=s
 for _,kind:=range []string{`{"$ref":"#/definitions/%d"}`,`{"properties":{"a":{"$ref":"#/definitions/%d"}}}`,`{"properties":{"a":{"items":{"items":{"items":{"$ref":"#/definitions/%d"}}}}}}`} {
 for _,n:=range []int{5000,20000,49000} {
	var b strings.Builder
	b.WriteString(`{"$ref":"#/definitions/0","definitions":{`)
	for i := range n { fmt.Fprintf(&b, `"%d":`+kind+`,`, i, i+1) }
	fmt.Fprintf(&b, `"%d":{"type":"string"}}}`, n)
	t0=time.Now(); _,err=jsonschema.Compile([]byte(b.String()))
	var m runtime.MemStats; runtime.ReadMemStats(&m)
	fmt.Println(kind,n,b.Len(),err,time.Since(t0),m.StackInuse>>20)
 }}
}
