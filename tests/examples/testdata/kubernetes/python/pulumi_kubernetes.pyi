# Stands in for Pulumi's SDK for Kubernetes: what the example of KubernetesTarget uses, so that the example compiles.
import pulumi

class Provider(pulumi.ProviderResource):
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        enable_secret_mutable: pulumi.Input[bool] | None = None,
    ) -> None: ...
