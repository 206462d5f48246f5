package extract

func (x *extraction) relations() {}
