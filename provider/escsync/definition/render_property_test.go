package definition

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

const marker = "MARKER-7f3a"

// The target gets the given values, of any depth and with secrets anywhere, before and after the service has encrypted
// the definition. What the service stores contains no secret in plain text.
func TestRenderedValuesArriveAsTheyWere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := drawValue(t, 3, false)
		s := spec(property.New(map[string]property.Value{"drawn": value, "last": secret(marker)}))
		s.Imports = nil
		result := Render(s)
		require.Empty(t, result.Problems)
		want := map[string]any{"drawn": goValueOf(t, value), "last": marker}
		stored := encrypt(t, result.Text)
		require.NotContains(t, stored, marker, "a secret is stored in plain text")
		require.True(t, Same(result.Text, decrypt(t, stored)), "what is stored is not taken for what was sent")
		for _, source := range []string{result.Text, stored} {
			block := openPayload(t, evaluate(t, source))["sync"].(map[string]any)["awsSecretsManager"].(map[string]any)
			require.Equal(t, asJSON(t, want), asJSON(t, block["value"]))
		}
	})
}

// Numbers that the test above once found.
func TestNumbersAtTheEdgesArriveAsTheyWere(t *testing.T) {
	t.Parallel()
	for want, number := range map[string]float64{
		"-0":                     math.Copysign(0, -1),
		"9007199254740992":       1 << 53,
		"4611686018427388000":    1 << 62,
		"9223372036854776000":    1 << 63,
		"-9223372036854776000":   -(1 << 63),
		"18446744073709552000":   1 << 64,
		"-100000000000000000000": -1e20,
		"1e+21":                  1e21,
		"1234567.5":              1234567.5,
		"0.00001":                0.00001,
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			s := spec(property.New(map[string]property.Value{"edge": property.New(number)}))
			s.Imports = nil
			result := Render(s)
			require.Empty(t, result.Problems)
			for _, source := range []string{result.Text, encrypt(t, result.Text)} {
				block := openPayload(t, evaluate(t, source))["sync"].(map[string]any)["awsSecretsManager"].(map[string]any)
				require.Equal(t, map[string]any{"edge": json.Number(want)}, block["value"])
			}
		})
	}
}

var awkward = []string{
	"",
	"$",
	"$$",
	"${",
	"${x}",
	"$${x}",
	"}",
	"fn::secret",
	"\x00",
	"\n",
	"\r\n",
	"\t",
	"é漢🙂",
	"\u2028",
	"\ufeff",
	"null",
	"~",
	"true",
	"0x1F",
	"1e3",
	"- a",
	"# no",
	"key: v",
	"'",
	`"`,
	`\`,
	"<>&",
	"{}",
	"[]",
	" lead",
	"trail ",
	"1.10",
	"007",
	"2026-01-01",
	"=",
	"<<",
}

func drawText(t *rapid.T, label string) string {
	parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(awkward), rapid.String()), 0, 3).Draw(t, label)
	return strings.Join(parts, "")
}

// drawValue draws a value. A plain string contains no ${, which would be an interpolation. A secret may contain one.
func drawValue(t *rapid.T, depth int, inSecret bool) property.Value {
	isSecret := rapid.IntRange(0, 3).Draw(t, "secret") == 0
	kinds := 6
	if depth == 0 {
		kinds = 4
	}
	var v property.Value
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		text := drawText(t, "text")
		if !isSecret && !inSecret {
			text = strings.ReplaceAll(text, "${", "$(")
		}
		v = property.New(strings.ToValidUTF8(text, "?"))
	case 1:
		v = property.New(rapid.Bool().Draw(t, "bool"))
	case 2:
		v = property.New(rapid.OneOf(
			rapid.Map(rapid.Int64(), func(i int64) float64 { return float64(i) }),
			rapid.Float64Range(-1e300, 1e300),
			rapid.Float64Range(-1e21, 1e21),
		).Draw(t, "number"))
	case 3:
		v = property.Value{}
	case 4:
		var items []property.Value
		for i := range rapid.IntRange(0, 3).Draw(t, "length") {
			_ = i
			items = append(items, drawValue(t, depth-1, inSecret || isSecret))
		}
		v = property.New(items)
	case 5:
		object := map[string]property.Value{}
		for i := range rapid.IntRange(0, 3).Draw(t, "size") {
			key := strings.ToValidUTF8(drawText(t, "key"), "?")
			if strings.HasPrefix(key, "fn::") && !isSecret && !inSecret {
				key = fmt.Sprintf("k%d", i)
			}
			if strings.HasSuffix(key, `\`) {
				key += "k" // as it is refused above a secret
			}
			object[key] = drawValue(t, depth-1, inSecret || isSecret)
		}
		v = property.New(object)
	}
	if isSecret && hasInterpolation(v) && !v.IsString() {
		isSecret = false
		if !inSecret {
			return property.New("no interpolation inside a secret container")
		}
	}
	return v.WithSecret(isSecret)
}

func goValueOf(t *rapid.T, v property.Value) any {
	r := &renderer{}
	got := r.goValue(problem.At("value"), v)
	require.Empty(t, r.problems)
	return got
}

// asJSON returns a value as JSON with every number as a float64, the only type of numbers in properties.
func asJSON(t require.TestingT, v any) string {
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	var generic any
	require.NoError(t, json.Unmarshal(raw, &generic))
	again, err := json.Marshal(generic)
	require.NoError(t, err)
	return string(again)
}
