-- Everything that the facets of the current list are counted from, so that counting reads no content.
create index register_slice_facets on register_slice (register, state, region, c1, c2, c3, c4, c5, c6)
  where last and recorded_to is null;
