package resource

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

const (
	// shortest is the minimum length of a text, in bytes, to be replaced in a reason. Shorter texts could be parts of
	// ordinary words.
	shortest = 4
	// telltale is how many characters of a secret give it away, in case the provider truncates what it quotes.
	telltale = 8

	withheld = "the provider's own check refuses it; its message is not shown, as it may contain the value"
)

// hidden are the texts that must not appear in a reason.
type hidden struct {
	// secrets are texts of which no part may appear.
	secrets []string
	// around are texts that contain secrets.
	around []string
}

// hide collects the texts of one secret: its value, and everything secret in the properties of its resource.
func hide(properties, filled, value document.Node, s target.Secret) hidden {
	h := hidden{around: append(texts(filled, false), s.Text.Value, s.Text.Base64())}
	for _, text := range texts(properties, false) {
		if !slices.ContainsFunc(placeholder.FindAllString(text, -1), func(one string) bool { return word(one) != "" }) {
			h.secrets = append(h.secrets, text)
		}
	}
	h.secrets = append(h.secrets, texts(value, true)...)
	return h
}

// texts returns the texts and numbers in a tree: all of them, or only the secret ones.
func texts(node document.Node, all bool) []string {
	var found []string
	for _, key := range node.Keys() {
		found = append(found, texts(node.Fields[key], all)...)
	}
	for _, item := range node.Items {
		found = append(found, texts(item, all)...)
	}
	if (all || node.Secret) && (node.Kind == document.String || node.Kind == document.Number) {
		found = append(found, node.Text)
	}
	return found
}

// reason returns the provider's reason with all hidden texts removed. If it could still contain part of a secret, a
// fixed text replaces it.
func (h hidden) reason(said string) string {
	said = oneLine(said)
	var forms []string
	for _, text := range slices.Concat(h.secrets, h.around) {
		forms = append(forms, formsOf(text)...)
	}
	slices.SortStableFunc(forms, func(a, b string) int { return len(b) - len(a) })
	for _, form := range forms {
		if len(form) >= shortest {
			said = strings.ReplaceAll(said, form, "[secret]")
		} else if form != "" && regexp.MustCompile(`(^|\W|_)`+regexp.QuoteMeta(form)+`($|\W|_)`).MatchString(said) {
			return withheld
		}
	}
	for _, text := range h.secrets {
		for _, form := range formsOf(text) {
			if hasPartOf(said, form) {
				return withheld
			}
		}
	}
	return "the provider's own check says: " + said
}

// hasPartOf reports whether text contains enough of secret to give it away. Case is ignored.
func hasPartOf(text, secret string) bool {
	text, letters := strings.ToLower(text), []rune(strings.ToLower(secret))
	if len(letters) < shortest {
		return false
	}
	size := min(telltale, len(letters))
	for i := range len(letters) - size + 1 {
		if strings.Contains(text, string(letters[i:i+size])) {
			return true
		}
	}
	return false
}

// formsOf returns the ways in which a provider may write a text, and each of its longer lines.
func formsOf(text string) []string {
	var forms []string
	for _, one := range append(strings.Split(text, "\n"), text) {
		if one != text && len(one) < shortest {
			continue
		}
		var escaped strings.Builder
		encoder := json.NewEncoder(&escaped)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(one) // strings always encode
		html, _ := json.Marshal(one)
		bytes := []byte(one)
		for _, form := range []string{
			one, unquoted(strconv.Quote(one)), unquoted(strconv.QuoteToASCII(one)),
			unquoted(strings.TrimSpace(escaped.String())), unquoted(string(html)),
			base64.StdEncoding.EncodeToString(bytes), base64.RawStdEncoding.EncodeToString(bytes),
			base64.URLEncoding.EncodeToString(bytes), base64.RawURLEncoding.EncodeToString(bytes),
		} {
			if form = oneLine(form); form != "" && !slices.Contains(forms, form) {
				forms = append(forms, form)
			}
		}
	}
	return forms
}

func unquoted(text string) string { return text[1 : len(text)-1] }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
