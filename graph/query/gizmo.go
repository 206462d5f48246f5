package query

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/dop251/goja"
)

// A script is a run of gizmo. What it works with is that of Cayley's session, but the script is run here: the session
// runs it in a goroutine of its own, in which a panic ends the process, and passes on whatever a
// script hands to the functions of Go, where a list that holds itself also ends the process.
type script struct {
	vm      *goja.Runtime
	results chan<- *gizmo.Result
	graph   *goja.Object  // Cayley's
	path    reflect.Type  // of Cayley's path objects
	proto   *goja.Object  // what scripts call on a path
	array   goja.Callable // makes a list of its arguments
	// paths are Cayley's, by the object that stands for each in the script.
	paths map[*goja.Object]*goja.Object
}

// functions are those of Cayley's environment, beside the graph.
var functions = []string{"iri", "bnode", "raw", "str", "lang", "typed", "lt", "lte", "gt", "gte", "regex", "like"}

// prelude takes away what, in one step that nothing can interrupt, makes text of any length, reads an expression of any
// length, or goes to any depth.
var prelude = goja.MustCompile("", `(function () {
	var join = function (by) {
		var s = "";
		by = by === undefined ? "," : String(by);
		for (var i = 0; i < this.length; i++)
			s += (i > 0 ? by : "") + (this[i] === undefined || this[i] === null ? "" : this[i]);
		return s;
	};
	Array.prototype.join = join;
	Array.prototype.toString = Array.prototype.toLocaleString = function () { return join.call(this); };
	Function.prototype.constructor = Function.prototype.apply = Function.prototype.bind = undefined;
	RegExp.prototype.constructor = String.prototype.match = String.prototype.search = undefined;
	eval = Function = RegExp = JSON = ArrayBuffer = undefined;
	var slice = Array.prototype.slice;
	return function () { return slice.call(arguments); };
})()`, false)

// runGizmo runs a script, and returns when it has ended.
func runGizmo(ctx context.Context, v *view, text string, j *job) error {
	program, err := goja.Compile("", text, false)
	if err != nil {
		return invalid(strings.TrimPrefix(err.Error(), "SyntaxError: (anonymous): "))
	}
	session := gizmo.NewSession(v)
	results := make(chan *gizmo.Result)
	*private[chan *gizmo.Result](session, "out") = results
	*private[context.Context](session, "ctx") = ctx
	s := &script{vm: *private[*goja.Runtime](session, "vm"), results: results, paths: map[*goja.Object]*goja.Object{}}
	if err := s.guard(); err != nil {
		return err
	}
	taken := make(chan struct{})
	go func() {
		defer close(taken)
		for r := range results {
			if r.Tags != nil {
				j.addTags(v, r.Tags)
			} else {
				j.add(r.Val)
			}
		}
	}()
	j.stopWith(func() { s.vm.Interrupt("the query was stopped") })
	last, err := func() (goja.Value, error) {
		defer func() { close(results); <-taken }()
		return s.vm.RunProgram(program)
	}()
	if err != nil {
		return invalid(thrown(err).Error())
	}
	if _, object := last.(*goja.Object); !object && !goja.IsUndefined(last) && !goja.IsNull(last) && j.none() {
		j.add(plain(last.Export())) // as a console shows what it read last
	}
	return nil
}

// thrown returns what a script threw: an error of Go's is thrown as a value, for one that which a callback threw.
func thrown(err error) error {
	for {
		var exception *goja.Exception
		if !errors.As(err, &exception) || exception.Value() == nil {
			return err
		}
		o, ok := exception.Value().(*goja.Object)
		if !ok || isData(o) {
			return err
		}
		inner, ok := o.Export().(error)
		if !ok {
			return err
		}
		err = inner
	}
}

// private returns a field of a session that is not exported.
func private[T any](session *gizmo.Session, name string) *T {
	f := reflect.ValueOf(session).Elem().FieldByName(name)
	if !f.IsValid() || f.Type() != reflect.TypeFor[T]() {
		panic("gizmo.Session has no such " + name) // it is another version of Cayley
	}
	return (*T)(f.Addr().UnsafePointer())
}

// guard puts functions that look at what they are given in the place of Cayley's.
func (s *script) guard() error {
	var ok bool
	if s.graph, ok = s.vm.Get("graph").(*goja.Object); !ok {
		return errors.New("gizmo has no graph")
	}
	array, err := s.vm.RunProgram(prelude)
	if err != nil {
		return fmt.Errorf("gizmo: %w", err)
	}
	s.array, _ = goja.AssertFunction(array)
	for _, name := range functions {
		f := goFunction(s.vm.Get(name))
		s.vm.Set(name, func(call goja.FunctionCall) goja.Value { return s.call(f, nil, call.Arguments) })
	}
	path := goFunction(s.graph.Get("M"))(goja.FunctionCall{This: s.graph})
	s.path = path.ExportType()
	s.proto = s.object(s.path)
	g := s.object(s.graph.ExportType())
	for _, name := range []string{"emit", "Emit"} {
		if err := g.Set(name, s.emit); err != nil {
			return err
		}
	}
	s.paths[g] = s.graph
	s.vm.Set("graph", g)
	s.vm.Set("g", g)
	return nil
}

// goFunction returns the function of Go that a value of a script is.
func goFunction(v goja.Value) func(goja.FunctionCall) goja.Value {
	return v.Export().(func(goja.FunctionCall) goja.Value)
}

// object returns an object with the methods that Cayley's objects of a type have in scripts.
func (s *script) object(t reflect.Type) *goja.Object {
	o := s.vm.NewObject()
	for i := range t.NumMethod() {
		name := methodName(t.Method(i).Name)
		if err := o.Set(name, func(call goja.FunctionCall) goja.Value {
			this, _ := call.This.(*goja.Object)
			if this = s.paths[this]; this == nil || this.Get(name) == nil {
				panic(s.vm.NewTypeError("%s is a method of a path or of the graph", name))
			}
			return s.call(goFunction(this.Get(name)), this, call.Arguments)
		}); err != nil {
			panic(err) // a new object takes every name
		}
	}
	return o
}

// methodName is the name in scripts of a method, as Cayley gives it.
func methodName(name string) string {
	for _, prefix := range []string{"Capitalized", "New"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return rest
		}
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(first)) + name[size:]
}

// call calls a function of Cayley's. What would end the process is thrown in the script.
func (s *script) call(f func(goja.FunctionCall) goja.Value, this *goja.Object, arguments []goja.Value) goja.Value {
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case goja.Value, *goja.Exception, *goja.InterruptedError:
			panic(cause)
		default:
			if err, ok := cause.(error); ok && errors.Is(err, errEnded) {
				panic(new(goja.InterruptedError)) // which a script cannot catch
			}
			panic(s.vm.NewGoError(fmt.Errorf("%v", cause)))
		}
	}()
	call := goja.FunctionCall{Arguments: make([]goja.Value, len(arguments))}
	if this != nil {
		call.This = this
	}
	for i, a := range arguments {
		call.Arguments[i] = s.passed(a)
	}
	return s.given(f(call))
}

// passed is an argument as a function of Cayley's may have it.
func (s *script) passed(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	if path := s.paths[o]; path != nil {
		return path
	}
	if f, ok := goja.AssertFunction(o); ok {
		return s.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			for i, a := range call.Arguments {
				call.Arguments[i] = s.given(a)
			}
			result, err := f(call.This, call.Arguments...)
			if err != nil {
				panic(err)
			}
			return result
		})
	}
	if isData(o) {
		room := maxData
		return s.vm.ToValue(s.data(o, maxDepth, &room))
	}
	return v
}

// given is what a function of Cayley's gives to the script: a path in its guise, data as the script's own. Data of
// Go's would take in whatever the script puts into it.
func (s *script) given(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	switch {
	case !ok:
		return v
	case o.ExportType() == s.path:
		path := s.vm.CreateObject(s.proto)
		s.paths[path] = o
		return path
	case isData(o):
		return s.own(o.Export())
	}
	return v
}

// own makes data the script's own.
func (s *script) own(v any) goja.Value {
	switch v := v.(type) {
	case map[string]any:
		o := s.vm.NewObject()
		for key, x := range v {
			if err := o.Set(key, s.own(x)); err != nil {
				panic(err)
			}
		}
		return o
	case []map[string]any:
		values := make([]goja.Value, len(v))
		for i, x := range v {
			values[i] = s.own(x)
		}
		return s.list(values)
	case []any:
		values := make([]goja.Value, len(v))
		for i, x := range v {
			values[i] = s.own(x)
		}
		return s.list(values)
	}
	return s.vm.ToValue(v)
}

func (s *script) list(values []goja.Value) goja.Value {
	list, err := s.array(goja.Undefined(), values...)
	if err != nil {
		panic(err)
	}
	return list
}

// emit is graph.emit.
func (s *script) emit(call goja.FunctionCall) goja.Value {
	if v := call.Argument(0); !goja.IsNull(v) && !goja.IsUndefined(v) {
		room := maxData
		s.results <- &gizmo.Result{Val: s.data(v, maxDepth, &room)}
	}
	return goja.Null()
}

// Bounds of data that a script hands over.
const (
	maxDepth = 20
	maxData  = 100_000 // values
)

// isData reports whether an object is a list, or has members and no other sense.
func isData(o *goja.Object) bool {
	kind := o.ExportType().Kind()
	return kind == reflect.Map || kind == reflect.Slice
}

// data returns a value of a script as one of Go, of which depth and room bound what it holds.
func (s *script) data(v goja.Value, depth int, room *int) any {
	if *room--; depth == 0 || *room < 0 {
		panic(s.vm.NewTypeError("a value holds itself, or more than %d others", maxData))
	}
	o, ok := v.(*goja.Object)
	switch {
	case !ok || !isData(o):
		return plain(v.Export())
	case s.paths[o] != nil:
		return s.paths[o].Export()
	case o.ExportType().Kind() == reflect.Slice:
		n := o.Get("length").ToInteger()
		if n > int64(*room) {
			panic(s.vm.NewTypeError("a list is longer than %d", maxData))
		}
		list := make([]any, n)
		for i := range list {
			if x := o.Get(strconv.Itoa(i)); x != nil {
				list[i] = s.data(x, depth-1, room)
			}
		}
		return list
	}
	members := map[string]any{}
	for _, key := range o.Keys() {
		if x := o.Get(key); x != nil {
			members[key] = s.data(x, depth-1, room)
		}
	}
	return members
}

// plain is a value as JSON can have it.
func plain(v any) any {
	if f, ok := v.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		return nil
	}
	return v
}
