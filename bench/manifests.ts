/**
 * A stream of Secrets and of Deployments that use them, `objects` of them in all; in each `finds`-th Deployment the key is misspelt.
 *
 * @param finds none where it is infinite
 */
export function manifests(objects: number, finds: number): string {
  const documents: string[] = [];
  for (let i = 0; i < objects / 2; i++) {
    documents.push(`apiVersion: v1
kind: Secret
metadata:
  name: db-${i}
  namespace: team-${i % 20}
  labels:
    app.kubernetes.io/name: api
type: Opaque
data:
  username: dXNlcg==
  password: Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZQ==
`, `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api-${i}
  namespace: team-${i % 20}
  labels:
    app.kubernetes.io/name: api
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: api
  template:
    metadata:
      labels:
        app.kubernetes.io/name: api
    spec:
      containers:
        - name: app
          image: registry.example.com/team/api:1.2.3
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: db-${i}
                  key: ${(i + 1) % finds === 0 ? 'passwrd' : 'password'}
          volumeMounts:
            - name: credentials
              mountPath: /etc/credentials
              readOnly: true
      volumes:
        - name: credentials
          secret:
            secretName: db-${i}
            defaultMode: 0400
`);
  }
  return documents.join('---\n');
}
