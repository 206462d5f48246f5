package api

// A RouteInfo tells tests outside the package what is served.
type RouteInfo struct {
	Path   string
	Params []string
}

// Routes lists every route of the API, without the page's files.
func Routes() []RouteInfo {
	out := []RouteInfo{{Path: "/api/v1/openapi.yaml"}, {Path: statsPath}, {Path: verifyPath}, {Path: backupPath}}
	for _, r := range routes {
		out = append(out, RouteInfo{r.path, r.params})
	}
	return out
}
