package planted

import "slices"

// plots is every kind of story, in the order in which they are told.
var plots = slices.Concat(
	numberPlots, chainPlots, circlePlots, launderingPlots, overtakenPlots,
	orphanPlots, quotePlots, speakerPlots, hedgePlots, echoPlots, timePlots, contradictionPlots, editPlots, ladderPlots, answerPlots,
)
