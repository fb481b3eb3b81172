package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

var errNotJSON = errors.New("not valid JSON")

// FromJSON parses one JSON value. Numbers keep their digits. The error never contains any of the text.
func FromJSON(text []byte) (Node, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return Node{}, errNotJSON // The decoder's own error quotes part of the text.
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Node{}, errors.New("not valid JSON: more follows the first value")
	}
	return fromGo(value), nil
}

func fromGo(value any) Node {
	switch v := value.(type) {
	case bool:
		if v {
			return Node{Kind: Bool, Text: "true"}
		}
		return Node{Kind: Bool, Text: "false"}
	case json.Number:
		return Node{Kind: Number, Text: v.String()}
	case string:
		return Node{Kind: String, Text: v}
	case []any:
		items := make([]Node, len(v))
		for i, item := range v {
			items[i] = fromGo(item)
		}
		return Node{Kind: List, Items: items}
	case map[string]any:
		fields := make(map[string]Node, len(v))
		for key, field := range v {
			fields[key] = fromGo(field)
		}
		return Node{Kind: Object, Fields: fields}
	default:
		return Node{}
	}
}

// JSON returns the value as compact JSON. Keys are sorted, numbers are unchanged, and <, > and & are not escaped, so
// the platform stores what the user wrote. Equal values give equal text. An unknown value is written as the program
// has it, so check HasUnknown first.
func (n Node) JSON() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n Node) write(b *strings.Builder) {
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case Bool, Number:
		b.WriteString(n.Text)
	case String, Unknown:
		writeString(b, n.Text)
	case List:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			item.write(b)
		}
		b.WriteByte(']')
	case Object:
		b.WriteByte('{')
		for i, key := range n.Keys() {
			if i > 0 {
				b.WriteByte(',')
			}
			writeString(b, key)
			b.WriteByte(':')
			n.Fields[key].write(b)
		}
		b.WriteByte('}')
	}
}

func writeString(b *strings.Builder, text string) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		// Encoding a string never fails.
		panic(err)
	}
	b.Write(bytes.TrimRight(buffer.Bytes(), "\n"))
}
