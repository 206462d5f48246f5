package loader

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/loader/source"
)

func TestExtract_TypeOfMarks(t *testing.T) {
	direct := "direct"
	for name, tt := range map[string]struct {
		text string
		want *string
	}{
		"curly marks":              {"“The port will close,” Okafor said.", &direct},
		"two apostrophes":          {"''The port will close,'' Okafor said.", nil},
		"two apostrophes in marks": {"“The gate is ''closed'' for now,” Okafor said.", &direct},
	} {
		t.Run(name, func(t *testing.T) {
			items, err := source.Read("test.txt", []byte(tt.text), source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			form := Extract(items[0], nil)
			if len(form.Attributions) != 1 {
				t.Fatalf("%d attributions, want 1", len(form.Attributions))
			}
			if diff := cmp.Diff(tt.want, form.Attributions[0].Type); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
