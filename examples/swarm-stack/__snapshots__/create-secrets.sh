docker secret create orders-db-password secrets/orders-db-password
docker secret create secret-api-key secrets/secret-api-key
