// TODO: measure
