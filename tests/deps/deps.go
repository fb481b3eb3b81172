//go:build deps

// Package deps holds the modules that are about to be used, so that go.sum is whole while several pieces are written.
package deps

import (
	_ "github.com/aws/aws-sdk-go-v2/config"
	_ "github.com/aws/aws-sdk-go-v2/credentials"
	_ "github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	_ "github.com/aws/aws-sdk-go-v2/service/ssm"
	_ "github.com/blang/semver"
	_ "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	_ "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	_ "github.com/pulumi/pulumi-azure-native-sdk/keyvault/v2"
	_ "github.com/pulumi/pulumi-gcp/sdk/v9/go/gcp/secretmanager"
	_ "github.com/pulumi/pulumi-github/sdk/v6/go/github"
	_ "github.com/pulumi/pulumi-go-provider/infer"
	_ "github.com/pulumi/pulumi-go-provider/integration"
	_ "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	_ "github.com/pulumi/pulumi-pulumiservice/sdk/go/pulumiservice"
	_ "github.com/pulumi/pulumi/pkg/v3/backend/httpstate/client"
	_ "github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	_ "github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	_ "github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	_ "github.com/robfig/cron/v3"
	_ "github.com/stretchr/testify/assert"
	_ "github.com/stretchr/testify/require"
	_ "gopkg.in/yaml.v3"
	_ "pgregory.net/rapid"
)
