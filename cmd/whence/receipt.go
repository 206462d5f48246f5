package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"whence/api"
)

// errDiffers ends a verification that found differences, which were printed.
var errDiffers = errors.New("the answer is not the same here")

// verifyReceipt makes the answer of a receipt again from the store.
func (a *app) verifyReceipt(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return usagef("--receipt: %v", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, api.MaxReceipt+1))
	if err != nil {
		return fmt.Errorf("--receipt: %w", err)
	}
	receipt, err := api.ReadReceipt(b)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	store, err := a.openCopy()
	if err != nil {
		return err
	}
	defer store.Close()
	differences, err := api.Verify(a.ctx, store, receipt, a.options(askTimeout, nil))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if a.json {
		if err := jsonTo(a.stdout).Encode(map[string]any{"same": len(differences) == 0, "differences": append([]api.Difference{}, differences...)}); err != nil {
			return err
		}
	} else {
		for _, d := range differences {
			if d.Document != "" {
				fmt.Fprintf(a.stdout, "%s: ", clean(d.Document.Short()))
			}
			fmt.Fprintln(a.stdout, clean(d.Why))
		}
		if len(differences) == 0 {
			fmt.Fprintf(a.stdout, "same: %s, made again from %s and %s\n", clean(receipt.Question),
				plural(len(receipt.Documents), "document"), plural(len(receipt.Labels), "label"))
		}
	}
	if len(differences) > 0 {
		return errDiffers
	}
	return nil
}
