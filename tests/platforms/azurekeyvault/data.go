package azurekeyvault

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// attributes are the same on both planes.
type attributes struct {
	Enabled   *bool  `json:"enabled,omitempty"`
	NotBefore *int64 `json:"nbf,omitempty"`
	Expires   *int64 `json:"exp,omitempty"`
	Created   int64  `json:"created,omitempty"`
	Updated   int64  `json:"updated,omitempty"`
}

// bundle is a secret in requests and answers of the data plane.
type bundle struct {
	ID          string            `json:"id,omitempty"`
	Value       *string           `json:"value,omitempty"`
	ContentType *string           `json:"contentType,omitempty"`
	Tags        map[string]string `json:"tags,omitempty"`
	Attributes  attributes        `json:"attributes"`
	RecoveryID  string            `json:"recoveryId,omitempty"`
	DeletedDate int64             `json:"deletedDate,omitempty"`
}

// dataPlane serves https://<vault>.vault.azure.net.
func (s *Server) dataPlane() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, answer func(*vault, string, *http.Request) (any, *refusal)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if !known(r) {
				w.Header().Set("WWW-Authenticate", `Bearer authorization="https://login.microsoftonline.com/`+Tenant+
					`", resource="https://vault.azure.net"`)
				fail(w, refuse(http.StatusUnauthorized, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token."))
				return
			}
			if !authorized(w, r) {
				return
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			host, _, _ := strings.Cut(r.Host, ".")
			v := s.vaults[strings.ToLower(host)]
			if v == nil {
				fail(w, refuse(http.StatusNotFound, "VaultNotFound", "There is no vault %s.", host))
				return
			}
			body, err := answer(v, "https://"+r.Host, r)
			switch {
			case err != nil:
				fail(w, err)
			case body == nil:
				w.WriteHeader(http.StatusNoContent)
			default:
				reply(w, http.StatusOK, body)
			}
		})
	}
	handle("PUT /secrets/{name}", putSecret)
	handle("GET /secrets/{name}/{version}", getSecret)
	handle("GET /secrets/{name}/{$}", getSecret)
	handle("GET /secrets/{name}", getSecret)
	handle("GET /secrets", listSecrets)
	handle("DELETE /secrets/{name}", func(v *vault, base string, r *http.Request) (any, *refusal) {
		found, err := v.remove(r.PathValue("name"))
		return deleted(base, found), err
	})
	handle("GET /deletedsecrets/{name}", func(v *vault, base string, r *http.Request) (any, *refusal) {
		found := v.deleted[strings.ToLower(r.PathValue("name"))]
		if found == nil {
			return nil, notFound(r.PathValue("name"))
		}
		return deleted(base, found), nil
	})
	handle("DELETE /deletedsecrets/{name}", func(v *vault, _ string, r *http.Request) (any, *refusal) {
		_, err := v.takeDeleted(r.PathValue("name"))
		return nil, err
	})
	handle("POST /deletedsecrets/{name}/recover", func(v *vault, base string, r *http.Request) (any, *refusal) {
		found, err := v.takeDeleted(r.PathValue("name"))
		if err != nil {
			return nil, err
		}
		v.live[strings.ToLower(found.name)] = found
		return describe(base, found, false), nil
	})
	return mux
}

func putSecret(v *vault, base string, r *http.Request) (any, *refusal) {
	var body bundle
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.Value == nil {
		return nil, refuse(http.StatusBadRequest, "BadParameter", "The request body has no value.")
	}
	made, err := v.set(r.PathValue("name"), body.secret())
	if err != nil {
		return nil, err
	}
	return describe(base, made, true), nil
}

func (b bundle) secret() secret {
	return secret{
		value: *b.Value, contentType: b.ContentType, tags: b.Tags, notBefore: b.Attributes.NotBefore,
		expires: b.Attributes.Expires, enabled: b.Attributes.Enabled == nil || *b.Attributes.Enabled,
	}
}

func getSecret(v *vault, base string, r *http.Request) (any, *refusal) {
	found, err := v.get(r.PathValue("name"), r.PathValue("version"))
	if err != nil {
		return nil, err
	}
	if !found.enabled {
		return nil, refuse(http.StatusForbidden, "Forbidden", "Operation get is not allowed on a disabled secret.")
	}
	return describe(base, found, true), nil
}

// listSecrets returns all secrets in one page.
func listSecrets(v *vault, base string, _ *http.Request) (any, *refusal) {
	items := []bundle{}
	for _, name := range slices.Sorted(maps.Keys(v.live)) {
		item := describe(base, v.live[name], false)
		item.ID = base + "/secrets/" + v.live[name].name
		items = append(items, item)
	}
	return map[string]any{"value": items, "nextLink": nil}, nil
}

func describe(base string, s *secret, withValue bool) bundle {
	b := bundle{
		ID: base + "/secrets/" + s.name + "/" + s.version, ContentType: s.contentType, Tags: s.tags,
		Attributes: s.attributes(),
	}
	if withValue {
		b.Value = &s.value
	}
	return b
}

func (s *secret) attributes() attributes {
	return attributes{
		Enabled: &s.enabled, NotBefore: s.notBefore, Expires: s.expires, Created: s.created.Unix(), Updated: s.updated.Unix(),
	}
}

func deleted(base string, s *secret) any {
	if s == nil {
		return nil
	}
	b := describe(base, s, false)
	b.RecoveryID, b.DeletedDate = base+"/deletedsecrets/"+s.name, s.deletedAt.Unix()
	return b
}
