# The checks that a change must pass, and the longer ones. CI runs .ci/run, which
# does all that `make check` does and more.

GOLANGCI_LINT = go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.12.2
GOFUMPT       = go run mvdan.cc/gofumpt@v0.9.2

# How long each fuzz target runs in a soak, and how many cases a property gets.
FUZZTIME = 2m
RAPID    = 20000

.PHONY: check test race lint fmt bench bench-packages bench-reports soak

check: lint test race

test:
	go test -timeout 30m ./...

race:
	.ci/run race

lint:
	go vet ./...
	$(GOLANGCI_LINT) run

fmt:
	$(GOFUMPT) -w $$(git ls-files '*.go')

# The store beside stock Cayley and Oxigraph (BENCHMARKS.md); .ci/bench says how to set the sizes.
bench:
	.ci/bench

bench-packages:
	go test -run '^$$' -bench . -benchmem ./...

# Reports over 1,000 and 10,000 planted documents, and what they find in the text of
# 1,000 (BENCHMARKS.md). The larger corpus needs 8 GB of memory.
bench-reports:
	go test -run '^$$' -bench BenchmarkPlanted -benchtime 3x -timeout 2h ./graph/report
	WHENCE_PLANTED=1000 go test -count=1 -run FromText -v -timeout 2h ./graph/report

soak:
	.ci/run build
	TARGETS="darwin/amd64 darwin/arm64 windows/amd64 linux/arm64" .ci/run cross
	FULL=1 .ci/run quality
	.ci/postgres
	.ci/soak 2000
	.ci/fuzz $(FUZZTIME)
	WHENCE_KILLS=200 go test -count=1 -timeout 1h -run '^TestKill$$' ./graph/folder
	WHENCE_CUTS=200 WHENCE_FAULTS=1000 WHENCE_DAMAGES=50 go test -count=1 -timeout 2h -run 'PowerCut|EveryFault|Bulk_Fault|Damage|LostTail' ./graph/pebblequads
	RAPID_CHECKS=$(RAPID) go test -count=1 -timeout 1h ./...
