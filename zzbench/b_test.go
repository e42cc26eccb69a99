package zzbench
import ("testing";"os";"github.com/secmodel/secmodel/idmefv2";"github.com/secmodel/secmodel/wire")
func load(b *testing.B) []byte { d,_:=os.ReadFile("../../shared/corpus/bench/idmef.json"); b.SetBytes(int64(len(d))); b.ReportAllocs(); return d }
func BenchmarkDecode(b *testing.B){ d:=load(b); for b.Loop(){ m:=new(idmefv2.Message); if err:=wire.UnmarshalJSON(m,d);err!=nil{b.Fatal(err)} } }
func BenchmarkDecodeReuse(b *testing.B){ d:=load(b); dec:=wire.Decoder{Reuse:true}; m:=new(idmefv2.Message); for b.Loop(){ if err:=dec.Decode(m,d);err!=nil{b.Fatal(err)} } }
func BenchmarkAppend(b *testing.B){ d:=load(b); m:=new(idmefv2.Message); wire.UnmarshalJSON(m,d); var buf []byte; for b.Loop(){ buf,_=m.AppendJSON(buf[:0]) } }
