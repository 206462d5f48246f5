package embed

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"
)

// Convert writes a file of weights from those that are published for TensorFlow.js: model.json, the files that
// it names, and vocab.json. The same input gives the same bytes.
func Convert(published fs.FS, w io.Writer) error {
	tensors, err := readTensors(published)
	if err != nil {
		return err
	}
	var vocabulary [][2]any
	if err := readJSON(published, "vocab.json", &vocabulary); err != nil {
		return err
	}
	text, score := make([]string, len(vocabulary)), make([]float32, len(vocabulary))
	for i, v := range vocabulary {
		t, isText := v[0].(string)
		s, isNumber := v[1].(float64) // a few pieces have null, which the published encoder reads as 0
		if !isText || !isNumber && v[1] != nil {
			return fmt.Errorf("vocab.json: entry %d is no text with a number", i)
		}
		text[i], score[i] = t, float32(s)
	}
	e := &Encoder{pieces: newPieces(text, score)}
	for i, p := range e.parts() {
		if *p.to, err = tensors.one(tensorNames()[i]); err != nil {
			return err
		}
	}
	return e.write(w)
}

// tensorNames says how the published encoder calls the parts, in the order of [Encoder.parts].
func tensorNames() []string {
	const whole = "/ConcatPartitions/concat"
	out := []string{"Embeddings_en", "TimingSignal/ExpandDims_1"}
	for i := range len(Encoder{}.layers) {
		layer := fmt.Sprintf("Encode/Layer_%d/TransformerLayer/", i)
		stack := fmt.Sprintf("TransformerStack/Layer_%d/TransformerLayer/", i)
		for _, name := range []string{"layer_prepostprocess/layer_norm/layer_norm_scale", "layer_prepostprocess/layer_norm/layer_norm_bias"} {
			out = append(out, layer+name+whole)
		}
		for _, name := range []string{"qkv_transform_single", "output_transform_single"} {
			out = append(out, layer+"MultiheadAttention/"+name+"/kernel/part_0", layer+"MultiheadAttention/"+name+"/bias"+whole)
		}
		for _, name := range []string{"layer_prepostprocess/layer_norm/layer_norm_scale", "layer_prepostprocess/layer_norm/layer_norm_bias"} {
			out = append(out, layer+"FFN/"+name+whole)
		}
		for _, name := range []string{"conv1", "conv2"} {
			out = append(out, stack+"FFN/"+name+"/Tensordot/Reshape_1", layer+"FFN/"+name+"/bias"+whole)
		}
	}
	return append(out,
		"Layer_0/TransformerLayer/dense/kernel"+whole, "Layer_0/TransformerLayer/dense/bias"+whole,
		"hidden_layers/tanh_layer_0/weights", "hidden_layers/tanh_layer_0/bias")
}

// A tensor is one array of the published weights, under its whole name.
type tensor struct {
	name    string
	numbers []float32
}

type tensors []tensor

// one returns the only tensor whose name ends so.
func (t tensors) one(end string) ([]float32, error) {
	var out []float32
	n := 0
	for _, x := range t {
		if strings.HasSuffix(x.name, "/"+end) {
			out = x.numbers
			n++
		}
	}
	if n != 1 {
		return nil, fmt.Errorf("model.json: %d tensors are called …/%s", n, end)
	}
	return out, nil
}

func readTensors(published fs.FS) (tensors, error) {
	var model struct {
		WeightsManifest []struct {
			Paths   []string
			Weights []struct {
				Name  string
				Shape []int
				Dtype string
			}
		}
	}
	if err := readJSON(published, "model.json", &model); err != nil {
		return nil, err
	}
	var out tensors
	for _, group := range model.WeightsManifest {
		var data []byte
		for _, path := range group.Paths {
			b, err := fs.ReadFile(published, path)
			if err != nil {
				return nil, err
			}
			data = append(data, b...)
		}
		for _, w := range group.Weights {
			n := 1
			for _, s := range w.Shape {
				n *= s
			}
			if n < 0 || 4*n > len(data) {
				return nil, fmt.Errorf("model.json: the files hold too little for %s", w.Name)
			}
			if w.Dtype == "float32" {
				numbers := make([]float32, n)
				for i := range numbers {
					numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
				}
				out = append(out, tensor{w.Name, numbers})
			}
			data = data[4*n:]
		}
	}
	return out, nil
}

func readJSON(from fs.FS, name string, to any) error {
	b, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, to); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
