package evaluate

import (
	"cmp"
	"slices"
)

// Reliability says what the confidences of predictions are worth. A prediction is right as in joint: at
// least half its words are shared with what is marked, and the source is the same.
type Reliability struct {
	// Bins are in rising order of confidence; empty ones are left out.
	Bins []Bin `json:"bins"`
	// Error is the expected calibration error: how far the mean confidence of a bin is from its share of
	// right ones, averaged over predictions. 0 is best.
	Error float64 `json:"expected_calibration_error"`
	// Curve is in falling order of threshold, one point for each confidence that occurs.
	Curve []Point `json:"curve"`
}

// A Bin is the predictions of about the same confidence.
type Bin struct {
	From       float64 `json:"from"`       // its lowest confidence; it ends a tenth above, at .9 with 1 itself
	Confidence float64 `json:"confidence"` // the mean
	Right      float64 `json:"right"`      // share that is right
	Pred       int     `json:"pred"`
}

// A Point is joint precision and recall of the predictions with at least some confidence.
type Point struct {
	Threshold float64 `json:"threshold"`
	P         float64 `json:"p"`
	R         float64 `json:"r"`
	Pred      int     `json:"pred"`
}

const bins = 10

// reliability makes the bins and the curve; required is how many attributions there are to find.
func reliability(cases []Case, required int) *Reliability {
	type prediction struct {
		confidence float64
		right      bool
	}
	var all []prediction
	told := false
	for _, c := range cases {
		if c.Found != nil {
			all = append(all, prediction{c.Found.Confidence, c.Verdict == Right})
			told = told || c.Found.Confidence > 0
		}
	}
	if !told {
		return nil
	}
	slices.SortStableFunc(all, func(a, b prediction) int { return cmp.Compare(b.confidence, a.confidence) })
	var (
		r          Reliability
		sum        [bins]float64
		right, own [bins]int
		found      int
	)
	for i, p := range all {
		n := min(int(p.confidence*bins+1e-9), bins-1)
		sum[n] += p.confidence
		own[n]++
		if p.right {
			right[n]++
			found++
		}
		if i+1 == len(all) || all[i+1].confidence != p.confidence {
			r.Curve = append(r.Curve, Point{Threshold: p.confidence, P: ratio(found, i+1), R: ratio(found, required), Pred: i + 1})
		}
	}
	for n := range bins {
		if own[n] == 0 {
			continue
		}
		b := Bin{From: float64(n) / bins, Confidence: sum[n] / float64(own[n]), Right: ratio(right[n], own[n]), Pred: own[n]}
		r.Error += max(b.Confidence-b.Right, b.Right-b.Confidence) * float64(b.Pred) / float64(len(all))
		r.Bins = append(r.Bins, b)
	}
	return &r
}

// PrecisionAt returns the point of best precision among those with at least the given recall; false
// when no threshold leaves so much.
func (r *Reliability) PrecisionAt(recall float64) (Point, bool) {
	var best Point
	for _, p := range r.Curve {
		if p.R >= recall && p.P > best.P {
			best = p
		}
	}
	return best, best.Pred > 0
}
