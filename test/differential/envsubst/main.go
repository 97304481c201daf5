// Substitutes in texts with the library that faas-cli uses: a JSON list of {text, environment} in, and for each out its text in base64, or why it is refused.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"

	"github.com/drone/envsubst"
)

type question struct {
	Text        string            `json:"text"`
	Environment map[string]string `json:"environment"`
}

type answer struct {
	Base64  string `json:"base64"`
	Refused string `json:"refused,omitempty"`
}

func substitute(q question) (result answer) {
	// The library panics on some lengths.
	defer func() {
		if problem := recover(); problem != nil {
			result = answer{Refused: fmt.Sprint(problem)}
		}
	}()
	text, err := envsubst.Eval(q.Text, func(name string) string { return q.Environment[name] })
	if err != nil {
		return answer{Refused: err.Error()}
	}
	return answer{Base64: base64.StdEncoding.EncodeToString([]byte(text))}
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	answers := make([]answer, len(questions))
	for i, q := range questions {
		answers[i] = substitute(q)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
