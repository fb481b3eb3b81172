package pulumicloud

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
)

// keyring encrypts with a random key per server. Every ciphertext is bound to its owner (the ID of a stack or an
// environment), so that a copy elsewhere does not decrypt, as on the real service.
type keyring struct {
	aead cipher.AEAD
}

func newKeyring() (*keyring, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("making a cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("making a cipher: %w", err)
	}
	return &keyring{aead: aead}, nil
}

// crypter is the keyring for one owner.
type crypter struct {
	keys  *keyring
	owner string
}

var (
	_ eval.Encrypter = crypter{}
	_ eval.Decrypter = crypter{}
)

func (k *keyring) of(owner string) crypter { return crypter{keys: k, owner: owner} }

// Encrypt returns the nonce followed by the ciphertext.
func (c crypter) Encrypt(_ context.Context, plaintext []byte) ([]byte, error) {
	nonce := make([]byte, c.keys.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("making a nonce: %w", err)
	}
	return c.keys.aead.Seal(nonce, nonce, plaintext, []byte(c.owner)), nil
}

// Decrypt decrypts the result of Encrypt with the same owner.
func (c crypter) Decrypt(_ context.Context, ciphertext []byte) ([]byte, error) {
	size := c.keys.aead.NonceSize()
	if len(ciphertext) < size {
		return nil, errors.New("invalid ciphertext")
	}
	plaintext, err := c.keys.aead.Open(nil, ciphertext[:size], ciphertext[size:], []byte(c.owner))
	if err != nil {
		return nil, errors.New("invalid ciphertext")
	}
	return plaintext, nil
}

// randomHex returns n random bytes in hexadecimal.
func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand crashes the program instead
	return hex.EncodeToString(b)
}
