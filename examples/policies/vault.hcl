# The values of the secrets below secret/shop/. The delete is needed only with deletionPolicy Delete.
path "secret/data/shop/*" {
  capabilities = ["create", "read", "update", "delete"]
}

# The ownership tag and the number of versions. The delete is needed only with deleteAllVersions.
path "secret/metadata/shop/*" {
  capabilities = ["create", "read", "update", "delete"]
}

# Pulumi's Vault provider creates its own short-lived token.
path "auth/token/create" {
  capabilities = ["update"]
}
