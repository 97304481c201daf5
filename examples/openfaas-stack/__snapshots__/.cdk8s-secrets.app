{
  "version": 1,
  "existingSecrets": [
    {
      "name": "secret-api-key",
      "namespace": "staging-fn",
      "keys": [
        "secret-api-key"
      ]
    },
    {
      "name": "orders-db-password",
      "namespace": "staging-fn",
      "keys": [
        "orders-db-password"
      ]
    },
    {
      "name": "smtp-password",
      "namespace": "staging-fn",
      "keys": [
        "smtp-password"
      ]
    }
  ],
  "acknowledgements": []
}
