package jsontest

import (
	"fmt"
	"reflect"
)

// Mirror copies src, a generated type, to dst, a pointer to its mirror without
// methods. It returns an error if a member is in Extra, which a mirror does not
// have, or if the types differ in anything else.
func Mirror(dst, src any) error {
	return mirror(reflect.ValueOf(dst).Elem(), reflect.Indirect(reflect.ValueOf(src)))
}

func mirror(dst, src reflect.Value) error {
	switch {
	case dst.Type() == src.Type():
		dst.Set(src)
	case src.Kind() == reflect.String && dst.Kind() == reflect.Slice:
		dst.SetBytes([]byte(src.String())) // IntOrString, which is JSON text
	case src.Kind() != dst.Kind():
		return fmt.Errorf("%s is not %s", src.Type(), dst.Type())
	case src.Kind() == reflect.Pointer:
		if src.IsNil() {
			return nil
		}
		dst.Set(reflect.New(dst.Type().Elem()))
		return mirror(dst.Elem(), src.Elem())
	case src.Kind() == reflect.Slice:
		if src.IsNil() {
			return nil
		}
		dst.Set(reflect.MakeSlice(dst.Type(), src.Len(), src.Len()))
		for i := range src.Len() {
			if err := mirror(dst.Index(i), src.Index(i)); err != nil {
				return err
			}
		}
	case src.Kind() == reflect.Struct:
		if src.NumField() != dst.NumField()+1 {
			return fmt.Errorf("%s has %d fields, its mirror %d", src.Type(), src.NumField()-1, dst.NumField())
		}
		for i := range src.NumField() {
			name := src.Type().Field(i).Name
			if name == "Extra" {
				if src.Field(i).Len() > 0 {
					return fmt.Errorf("%s has members in Extra", src.Type())
				}
				continue
			}
			if err := mirror(dst.FieldByName(name), src.Field(i)); err != nil {
				return err
			}
		}
	default:
		dst.Set(src.Convert(dst.Type()))
	}
	return nil
}
