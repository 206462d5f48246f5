package api_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"

	"whence/api"
)

func ExampleNew() {
	store, _ := fixture()
	handler := api.New(store, api.Options{})

	req := httptest.NewRequest("GET", "http://localhost/api/v1/trace?q=submarine", nil)
	res := httptest.NewRecorder()
	handler.ServeHTTP(res, req)

	var trace struct{ Answer, Why string }
	if err := json.Unmarshal(res.Body.Bytes(), &trace); err != nil {
		fmt.Println(err)
	}
	fmt.Println(res.Code, trace.Answer)
	fmt.Println(trace.Why)
	// Output:
	// 200 known-none
	// No claim with the words "submarine" in the documents held.
}
