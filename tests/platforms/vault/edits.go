package vault

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// Secrets returns the fields of each secret as JSON, sorted by name and without escapes for <, > and &:
// {"password":"..."}. It omits secrets whose latest version is deleted or destroyed.
func (s *Server) Secrets(ctx context.Context) (map[string]string, error) {
	values := map[string]string{}
	for mount, version := range s.mounts {
		if err := s.walk(ctx, mount, version, "", values); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// walk reads all secrets below a folder, which is empty or ends with a slash.
func (s *Server) walk(ctx context.Context, mount string, version int, folder string, values map[string]string) error {
	root := mount + "/"
	if version == 2 {
		root += "metadata/"
	}
	list, err := s.direct.Logical().ListWithContext(ctx, root+folder)
	if err != nil {
		return fmt.Errorf("listing %s: %w", root+folder, err)
	}
	if list == nil {
		return nil
	}
	names, _ := list.Data["keys"].([]any)
	for _, name := range names {
		path := folder + fmt.Sprint(name)
		if strings.HasSuffix(path, "/") {
			if err := s.walk(ctx, mount, version, path, values); err != nil {
				return err
			}
			continue
		}
		data, err := s.read(ctx, mount, version, path)
		if err != nil {
			return err
		}
		if data == nil {
			continue
		}
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(data); err != nil {
			return fmt.Errorf("writing %s/%s as JSON: %w", mount, path, err)
		}
		values[Name+"/"+mount+"/"+path] = strings.TrimSuffix(text.String(), "\n")
	}
	return nil
}

func (s *Server) read(ctx context.Context, mount string, version int, path string) (map[string]any, error) {
	if version == 1 {
		secret, err := s.direct.KVv1(mount).Get(ctx, path)
		if err != nil {
			return nil, fmt.Errorf("reading %s/%s: %w", mount, path, err)
		}
		return secret.Data, nil
	}
	// The client gives no error for a secret whose latest version is deleted, but one for a missing secret.
	secret, err := s.direct.KVv2(mount).Get(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("reading %s/%s: %w", mount, path, err)
	}
	return secret.Data, nil
}

// Put writes a secret, whose value is a JSON object.
func (s *Server) Put(ctx context.Context, identity, value string) error {
	mount, path, err := s.split(identity)
	if err != nil {
		return err
	}
	var data map[string]any
	if err := json.Unmarshal([]byte(value), &data); err != nil {
		return fmt.Errorf("writing %s: the value is not a JSON object", identity)
	}
	if s.mounts[mount] == 1 {
		err = s.direct.KVv1(mount).Put(ctx, path, data)
	} else {
		_, err = s.direct.KVv2(mount).Put(ctx, path, data)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", identity, err)
	}
	return nil
}

// Delete deletes a secret with all its versions and metadata.
func (s *Server) Delete(ctx context.Context, identity string) error {
	mount, path, err := s.split(identity)
	if err != nil {
		return err
	}
	if s.mounts[mount] == 1 {
		err = s.direct.KVv1(mount).Delete(ctx, path)
	} else {
		err = s.direct.KVv2(mount).DeleteMetadata(ctx, path)
	}
	if err != nil {
		return fmt.Errorf("deleting %s: %w", identity, err)
	}
	return nil
}

// split splits vault/mount/path.
func (s *Server) split(identity string) (mount, path string, err error) {
	rest, _ := strings.CutPrefix(identity, Name+"/")
	for mount := range s.mounts {
		if path, found := strings.CutPrefix(rest, mount+"/"); found && path != "" && rest != identity {
			return mount, path, nil
		}
	}
	return "", "", fmt.Errorf("%s is not %s/mount/path with a mount that exists", identity, Name)
}
