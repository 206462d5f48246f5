package report

// makers is every report that can be made.
var makers = []maker{}
