// Opens SealedSecrets with the code of the sealed-secrets controller, for sealed-secrets.test.ts.
//
// Standard input: {"privateKey": PEM, "sealedSecrets": [MANIFEST, …]}. Standard output: a JSON array with, for each
// manifest, the Secret that the controller would make, or {"error": TEXT}.
package main

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"

	ss "github.com/bitnami-labs/sealed-secrets/pkg/apis/sealedsecrets/v1alpha1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"
)

type input struct {
	PrivateKey    string            `json:"privateKey"`
	SealedSecrets []json.RawMessage `json:"sealedSecrets"`
}

func unseal(codecs runtime.NegotiatedSerializer, manifest []byte, keys map[string]*rsa.PrivateKey) any {
	var sealed ss.SealedSecret
	if err := json.Unmarshal(manifest, &sealed); err != nil {
		return map[string]string{"error": err.Error()}
	}
	secret, err := sealed.Unseal(codecs.(serializer.CodecFactory), keys)
	if err != nil {
		return map[string]string{"error": err.Error()}
	}
	return secret
}

func main() {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		panic(err)
	}
	block, _ := pem.Decode([]byte(in.PrivateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		panic(err)
	}
	out := []any{}
	for _, manifest := range in.SealedSecrets {
		out = append(out, unseal(scheme.Codecs, manifest, map[string]*rsa.PrivateKey{"key": key.(*rsa.PrivateKey)}))
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		panic(err)
	}
}
