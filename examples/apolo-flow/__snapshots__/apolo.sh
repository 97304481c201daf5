apolo run --volume secret://default/myorg/myproj/secret-password:/var/secrets/secret-password.txt --env WANDB_KEY=secret://default/myorg/myproj/wandb-token --env mypass=secret://default/myorg/myproj/secret-password registry.example.com/train:2.3 -- python train.py --data /data
apolo run --env WANDB_KEY=secret://default/myorg/myproj/wandb-token --env SMTP_PASSWORD=secret://default/myorg/mail/smtp-password registry.example.com/report:1.0
apolo acl grant secret://default/myorg/myproj/secret-password bob read
