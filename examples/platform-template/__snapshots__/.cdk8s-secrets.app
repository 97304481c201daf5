{
  "version": 1,
  "existingSecrets": [
    {
      "name": "payment-provider",
      "namespace": "checkout",
      "keys": [
        "api-key",
        "webhook-secret"
      ]
    }
  ],
  "acknowledgements": []
}
