package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	var v map[string]any
	err := json.NewDecoder(os.Stdin).Decode(&v)
	fmt.Println(v, err)
}
