// Decodes texts into maps of texts, as faas-cli decodes the maps of a stack file: a JSON list of texts in, and for each out its map, or why it is refused.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"gopkg.in/yaml.v3"
)

type answer struct {
	Map     map[string]string `json:"map"`
	Refused string            `json:"refused,omitempty"`
}

func read(text string) (result answer) {
	// yaml.v3 panics on some maps whose keys are lists.
	defer func() {
		if problem := recover(); problem != nil {
			result = answer{Refused: fmt.Sprint(problem)}
		}
	}()
	// Maps of a stack file are new ones.
	var texts map[string]string
	if err := yaml.Unmarshal([]byte(text), &texts); err != nil {
		return answer{Refused: err.Error()}
	}
	return answer{Map: texts}
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	answers := make([]answer, len(texts))
	for i, text := range texts {
		answers[i] = read(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
