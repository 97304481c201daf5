// Renders templates as the External Secrets operator does: text/template, missingkey=error, the functions of sprig, and values that are strings.
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

type input struct {
	Template string            `json:"template"`
	Values   map[string][]byte `json:"values"`
}

type output struct {
	Result []byte `json:"result"`
	Error  string `json:"error,omitempty"`
}

func main() {
	var inputs []input
	if err := json.NewDecoder(os.Stdin).Decode(&inputs); err != nil {
		panic(err)
	}
	outputs := make([]output, 0, len(inputs))
	for _, in := range inputs {
		outputs = append(outputs, render(in))
	}
	if err := json.NewEncoder(os.Stdout).Encode(outputs); err != nil {
		panic(err)
	}
}

func render(in input) output {
	parsed, err := template.New("").Option("missingkey=error").Funcs(sprig.TxtFuncMap()).Parse(in.Template)
	if err != nil {
		return output{Error: err.Error()}
	}
	values := map[string]string{}
	for name, value := range in.Values {
		values[name] = string(value)
	}
	var result bytes.Buffer
	if err := parsed.Execute(&result, values); err != nil {
		return output{Error: err.Error()}
	}
	return output{Result: result.Bytes()}
}
