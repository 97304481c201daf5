module example.com/envsubst

go 1.26

require github.com/drone/envsubst v1.0.3
