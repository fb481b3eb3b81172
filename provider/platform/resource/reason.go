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
	// shortest is how long a text must be to be taken out of a reason: a shorter one is a part of words.
	shortest = 4
	// telltale is how much of a secret tells it, where a provider cuts what it quotes.
	telltale = 8

	withheld = "the provider's own check refuses it, in words that have the value in them"
)

// hidden are the texts that a reason must not have.
type hidden struct {
	// secrets are those of which no part may be told.
	secrets []string
	// around are texts that have secrets in them.
	around []string
}

// hide finds the texts of one secret: those of its value, and all that is secret in the properties of its resource.
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

// texts are the texts and numbers of a tree: all, or those that are secret.
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

// reason is what a provider says of a secret, without anything that is hidden. Where it could still have some of it, it
// is not told.
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

// hasPartOf says whether a text has as much of a secret as tells it, in whatever capitals.
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

// formsOf are the ways in which a provider may write a text, and each of its lines that is long enough to tell of it.
func formsOf(text string) []string {
	var forms []string
	for _, one := range append(strings.Split(text, "\n"), text) {
		if one != text && len(one) < shortest {
			continue
		}
		var escaped strings.Builder
		encoder := json.NewEncoder(&escaped)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(one) // texts always encode
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
