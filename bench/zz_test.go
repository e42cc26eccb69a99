package main
import ("testing";"fmt")
func TestZZ(t *testing.T){
 d,_:=load("..")
 f,err:=measureFirst(t.TempDir(), d, 5); for _,x:=range f {fmt.Println(x.Peer,x.Document,quartiles(x.Milliseconds))}; fmt.Println(err)
 s,err:=measureSizes(t.TempDir()); fmt.Printf("%+v %v\n",s,err)
}
