package azurekeyvault

import (
	"encoding/json"
	"net/http"
	"strings"
)

// ManagementVariable names the environment variable with the address of the management plane.
const ManagementVariable = "ESCSYNC_AZURE_MANAGEMENT_URL"

// armSecret is a secret in requests to ARM.
type armSecret struct {
	Tags       map[string]string `json:"tags"`
	Properties struct {
		Value       *string    `json:"value"`
		ContentType *string    `json:"contentType"`
		Attributes  attributes `json:"attributes"`
	} `json:"properties"`
}

// managementPlane serves the part of https://management.azure.com that writes secrets. ARM cannot delete a secret, and
// does not return values.
func (s *Server) managementPlane() http.Handler {
	const path = "/subscriptions/{subscription}/resourceGroups/{group}" +
		"/providers/Microsoft.KeyVault/vaults/{vault}/secrets/{name}"
	mux := http.NewServeMux()
	handle := func(method string, answer func(http.ResponseWriter, *http.Request, *vault)) {
		mux.HandleFunc(method+" "+path, func(w http.ResponseWriter, r *http.Request) {
			if refused := checkManagement(r); refused != nil {
				fail(w, refused)
				return
			}
			if !authorized(w, r) {
				return
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			v := s.vaults[strings.ToLower(r.PathValue("vault"))]
			if v == nil {
				fail(w, refuse(http.StatusNotFound, "ResourceNotFound", "The vault %s was not found.", r.PathValue("vault")))
				return
			}
			answer(w, r, v)
		})
	}
	handle(http.MethodPut, func(w http.ResponseWriter, r *http.Request, v *vault) {
		var body armSecret
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.Properties.Value == nil {
			fail(w, refuse(http.StatusBadRequest, "BadRequest", "properties.value is required."))
			return
		}
		old, _ := v.get(r.PathValue("name"), "")
		made, refused := v.set(r.PathValue("name"), bundle{
			Value: body.Properties.Value, ContentType: body.Properties.ContentType, Tags: body.Tags,
			Attributes: body.Properties.Attributes,
		}.secret())
		switch {
		case refused != nil:
			fail(w, refused)
		case old == nil:
			reply(w, http.StatusCreated, describeARM(r, made))
		default:
			reply(w, http.StatusOK, describeARM(r, made))
		}
	})
	handle(http.MethodGet, func(w http.ResponseWriter, r *http.Request, v *vault) {
		found, refused := v.get(r.PathValue("name"), "")
		if refused != nil {
			fail(w, refused)
			return
		}
		reply(w, http.StatusOK, describeARM(r, found))
	})
	handle(http.MethodDelete, func(w http.ResponseWriter, _ *http.Request, _ *vault) {
		fail(w, refuse(http.StatusMethodNotAllowed, "HttpMethodNotAllowed",
			"Secrets cannot be deleted through Azure Resource Manager: use the vault's own address."))
	})
	return mux
}

func checkManagement(r *http.Request) *refusal {
	switch {
	case !known(r):
		return refuse(http.StatusUnauthorized, "AuthenticationFailed", "Authentication failed.")
	case r.URL.Query().Get("api-version") == "":
		return refuse(http.StatusBadRequest, "MissingApiVersionParameter", "The api-version query parameter is required.")
	case r.PathValue("subscription") != Subscription:
		return refuse(http.StatusNotFound, "SubscriptionNotFound", "The subscription could not be found.")
	default:
		return nil
	}
}

func describeARM(r *http.Request, s *secret) map[string]any {
	uri := "https://" + strings.ToLower(r.PathValue("vault")) + suffix + "/secrets/" + s.name
	properties := map[string]any{
		"attributes": s.attributes(), "secretUri": uri, "secretUriWithVersion": uri + "/" + s.version,
	}
	if s.contentType != nil {
		properties["contentType"] = *s.contentType
	}
	return map[string]any{
		"id": r.URL.Path, "name": s.name, "type": "Microsoft.KeyVault/vaults/secrets", "location": "westeurope",
		"tags": s.tags, "properties": properties,
	}
}
