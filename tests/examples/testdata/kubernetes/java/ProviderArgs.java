// Stands in for Pulumi's SDK for Kubernetes: what the example of KubernetesTarget uses, so that the example compiles.
package com.pulumi.kubernetes;

import com.pulumi.resources.ResourceArgs;

public class ProviderArgs extends ResourceArgs {
    public static Builder builder() {
        return new Builder();
    }

    public static class Builder {
        public Builder enableSecretMutable(Boolean enableSecretMutable) {
            return this;
        }

        public ProviderArgs build() {
            return new ProviderArgs();
        }
    }
}
