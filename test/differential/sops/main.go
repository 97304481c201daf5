// Decrypts documents with the code of sops, MAC included, for suites/sops.ts.
//
// Standard input: a JSON array of {"identity": …, "yaml": …}. Standard output: a JSON array with {"json": TEXT} or {"refused": TEXT} for each.
package main

import (
	"encoding/json"
	"os"

	"github.com/getsops/sops/v3/aes"
	"github.com/getsops/sops/v3/cmd/sops/common"
	"github.com/getsops/sops/v3/cmd/sops/formats"
	"github.com/getsops/sops/v3/config"
	"github.com/getsops/sops/v3/keyservice"
)

type input struct {
	Identity string `json:"identity"`
	Yaml     string `json:"yaml"`
}

func decrypt(each input) (string, error) {
	os.Setenv("SOPS_AGE_KEY", each.Identity)
	stores := config.NewStoresConfig()
	tree, err := common.StoreForFormat(formats.Yaml, stores).LoadEncryptedFile([]byte(each.Yaml))
	if err != nil {
		return "", err
	}
	if _, err := common.DecryptTree(common.DecryptTreeOpts{
		Cipher: aes.NewCipher(), Tree: &tree, KeyServices: []keyservice.KeyServiceClient{keyservice.NewLocalClient()},
	}); err != nil {
		return "", err
	}
	out, err := common.StoreForFormat(formats.Json, stores).EmitPlainFile(tree.Branches)
	return string(out), err
}

func main() {
	var inputs []input
	if err := json.NewDecoder(os.Stdin).Decode(&inputs); err != nil {
		panic(err)
	}
	answers := make([]map[string]string, len(inputs))
	for i, each := range inputs {
		if text, err := decrypt(each); err != nil {
			answers[i] = map[string]string{"refused": err.Error()}
		} else {
			answers[i] = map[string]string{"json": text}
		}
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}
