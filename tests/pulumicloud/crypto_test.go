package pulumicloud

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCiphertextIsBoundToItsOwner(t *testing.T) {
	ctx := context.Background()
	keys, err := newKeyring()
	require.NoError(t, err)
	sealed, err := keys.of("a").Encrypt(ctx, []byte("hidden"))
	require.NoError(t, err)
	again, err := keys.of("a").Encrypt(ctx, []byte("hidden"))
	require.NoError(t, err)
	require.NotEqual(t, sealed, again)
	plain, err := keys.of("a").Decrypt(ctx, sealed)
	require.NoError(t, err)
	require.Equal(t, "hidden", string(plain))
	for _, wrong := range [][]byte{nil, []byte("short"), append([]byte{1}, sealed...)} {
		_, err = keys.of("a").Decrypt(ctx, wrong)
		require.Error(t, err)
	}
	_, err = keys.of("b").Decrypt(ctx, sealed)
	require.Error(t, err)
	other, err := newKeyring()
	require.NoError(t, err)
	_, err = other.of("a").Decrypt(ctx, sealed)
	require.Error(t, err, "every server has its own key")
}
