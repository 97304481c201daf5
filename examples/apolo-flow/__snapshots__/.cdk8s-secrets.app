{
  "version": 1,
  "existingSecrets": [
    {
      "name": "project--myorg--myproj--secrets",
      "namespace": "platform--myorg--myproj--8103e967f202096cbd5b4f41"
    },
    {
      "name": "project--myorg--mail--secrets",
      "namespace": "platform--myorg--myproj--8103e967f202096cbd5b4f41"
    }
  ],
  "acknowledgements": []
}
