package pulumicloud

import (
	"encoding/base64"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// The secrets provider of a stack. Values are encrypted for this stack only.

func (s *Server) encryptValue(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var req apitype.EncryptValueRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	ciphertext, err := s.keys.of(st.id).Encrypt(c.r.Context(), req.Plaintext)
	return apitype.EncryptValueResponse{Ciphertext: ciphertext}, err
}

func (s *Server) batchEncrypt(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var req apitype.BatchEncryptRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	answer := apitype.BatchEncryptResponse{Ciphertexts: make([][]byte, len(req.Plaintexts))}
	for i, plaintext := range req.Plaintexts {
		if answer.Ciphertexts[i], err = s.keys.of(st.id).Encrypt(c.r.Context(), plaintext); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

func (s *Server) decryptValue(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var req apitype.DecryptValueRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	plaintext, err := s.keys.of(st.id).Decrypt(c.r.Context(), req.Ciphertext)
	if err != nil {
		return nil, badRequest("%v", err)
	}
	return apitype.DecryptValueResponse{Plaintext: plaintext}, nil
}

func (s *Server) batchDecrypt(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var req apitype.BatchDecryptRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	answer := apitype.BatchDecryptResponse{Plaintexts: map[string][]byte{}}
	for _, ciphertext := range req.Ciphertexts {
		plaintext, err := s.keys.of(st.id).Decrypt(c.r.Context(), ciphertext)
		if err != nil {
			return nil, badRequest("%v", err)
		}
		answer.Plaintexts[base64.StdEncoding.EncodeToString(ciphertext)] = plaintext
	}
	return answer, nil
}
