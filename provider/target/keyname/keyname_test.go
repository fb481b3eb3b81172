package keyname_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

var (
	azure  = keyname.Codec{Separator: "--", Allowed: "-", Replacement: "-"}
	github = keyname.Codec{Separator: "_", Allowed: "_", Replacement: "_", Upper: true}
	vault  = keyname.Codec{Separator: "/"}
)

func TestName(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		naming keyname.Naming
		codec  keyname.Codec
		path   string
		want   string
	}{
		{"plain", keyname.Naming{}, vault, "db user", "db/user"},
		{"codec replaces", keyname.Naming{}, azure, "my_db user.name", "my-db--user-name"},
		{"codec raises", keyname.Naming{}, github, "my-db userName", "MY_DB_USERNAME"},
		{"template raised", keyname.Naming{Template: "app_{key}_v1"}, github, "key", "APP_KEY_V1"},
		{"template snake raised", keyname.Naming{Template: "{key:snake}"}, github, "db userName", "DB_USER_NAME"},
		{"path", keyname.Naming{Path: "/prod/shop", Template: "x-{key}"}, vault, "a b", "/prod/shop/x-a/b"},
		{"path with another separator", keyname.Naming{Path: "/prod", Separator: "_"}, vault, "a b", "/prod/a_b"},
		{"own separator is not rewritten", keyname.Naming{Separator: "."}, azure, "a b", "a.b"},
		{"template", keyname.Naming{Template: "svc-{key}-x"}, vault, "a", "svc-a-x"},
		{"template upper", keyname.Naming{Template: "{key:upper}"}, vault, "a b", "A/B"},
		{"template lower", keyname.Naming{Template: "{key:lower}"}, vault, "AbC", "abc"},
		{"template snake", keyname.Naming{Template: "{key:snake}"}, vault, "dbUser HostName2", "db_user_host_name2"},
		{"template kebab", keyname.Naming{Template: "{key:kebab}"}, vault, "DB_user", "db-user"},
		{"template snake raised", keyname.Naming{Template: "{key:snake}"}, github, "db userName", "DB_USER_NAME"},
		{"template twice", keyname.Naming{Template: "{key}/{key:upper}"}, vault, "a", "a/A"},
		{"other characters stay, for the limits to refuse", keyname.Naming{}, azure, "a€b", "a€b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.NoError(t, test.naming.Check(test.codec))
			assert.Equal(t, test.want, test.naming.Name(strings.Split(test.path, " "), test.codec))
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		give keyname.Naming
		want string
	}{
		{keyname.Naming{}, ""},
		{keyname.Naming{Template: "{key}"}, ""},
		{keyname.Naming{Template: "fixed"}, "must contain {key}, or every key gets the same name"},
		{keyname.Naming{Template: "{name}"}, "has the unknown placeholder {name}; the known ones are {key}, {key:upper}, " +
			"{key:lower}, " +
			"{key:snake} and {key:kebab}"},
	}
	for _, test := range tests {
		err := test.give.Check(vault)
		if test.want == "" {
			assert.NoError(t, err, "%+v", test.give)
		} else {
			assert.EqualError(t, err, test.want, "%+v", test.give)
		}
	}
}

func TestCheckOfKebab(t *testing.T) {
	t.Parallel()
	kebab := keyname.Naming{Template: "shop-{key:kebab}"}
	require.NoError(t, kebab.Check(vault))
	require.NoError(t, kebab.Check(azure))
	require.EqualError(t, kebab.Check(github),
		"has {key:kebab}, but names on this platform cannot contain hyphens: use {key:snake}")
}

func TestSnakeAndKebabKnowWords(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"deployKey":        "DEPLOY_KEY",
		"APIKey":           "API_KEY",
		"OAuth2Token":      "OAUTH2_TOKEN",
		"HTTPServerURL":    "HTTP_SERVER_URL",
		"db.userName":      "DB_USER_NAME",
		"allowedURLs":      "ALLOWED_URLS",
		"userIDs":          "USER_IDS",
		"DB_USER":          "DB_USER",
		"--a..b__":         "A_B",
		"überÄndern":       "ÜBER_ÄNDERN",
		"already_snake-ed": "ALREADY_SNAKE_ED",
	} {
		assert.Equal(t, want, keyname.Naming{Template: "{key:snake}"}.Name([]string{key}, github), key)
		assert.Equal(t, strings.ToLower(strings.ReplaceAll(want, "_", "-")),
			keyname.Naming{Template: "{key:kebab}"}.Name([]string{key}, vault), key)
	}
}

func TestCollisions(t *testing.T) {
	t.Parallel()
	keys, names := []string{"a_b", "a.b", "c", "C"}, []string{"a-b", "a-b", "c", "C"}
	assert.Equal(t, []keyname.Collision{{Name: "a-b", Keys: []string{"a_b", "a.b"}}},
		keyname.Collisions(keys, names, false))
	assert.Equal(t, []keyname.Collision{
		{Name: "a-b", Keys: []string{"a_b", "a.b"}}, {Name: "c", Keys: []string{"c", "C"}},
	}, keyname.Collisions(keys, names, true))
}

// Encoding an encoded name changes nothing, so a key already spelled for the platform keeps its name.
func TestEncodeIsIdempotent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		codec := rapid.SampledFrom([]keyname.Codec{azure, github, vault}).Draw(t, "codec")
		once := codec.Encode(rapid.String().Draw(t, "name"))
		assert.Equal(t, once, codec.Encode(once))
	})
}

// A key of letters, digits and word separators always becomes a valid name.
func TestEncodeFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[A-Za-z0-9_./: -]{1,20}`).Draw(t, "name")
		assert.Regexp(t, `^[A-Za-z0-9-]+$`, azure.Encode(name))
		assert.Regexp(t, `^[A-Z0-9_]+$`, github.Encode(name))
	})
}

// Two keys have the same name if and only if a collision is reported.
func TestNamesCollideOrDiffer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfNDistinct(rapid.StringMatching(`[aA_-]{1,3}`), 2, 6, rapid.ID[string]).Draw(t, "keys")
		names := make([]string, len(keys))
		distinct := map[string]bool{}
		for i, key := range keys {
			names[i] = keyname.Naming{}.Name([]string{key}, github)
			distinct[names[i]] = true
		}
		collided := 0
		for _, c := range keyname.Collisions(keys, names, true) {
			collided += len(c.Keys) - 1
		}
		assert.Equal(t, len(keys)-len(distinct), collided)
	})
}
