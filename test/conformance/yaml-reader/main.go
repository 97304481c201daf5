// Reads texts as kubectl does: a JSON list of texts in, a list of the JSON documents of each out, or null where it refuses one.
package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
)

func documents(text string) (all []json.RawMessage) {
	all = []json.RawMessage{}
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if err == io.EOF {
			return all
		}
		if err != nil {
			return nil
		}
		if len(document) > 0 && string(document) != "null" {
			all = append(all, document)
		}
	}
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	answers := make([][]json.RawMessage, len(texts))
	for i, text := range texts {
		answers[i] = documents(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
