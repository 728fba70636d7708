-- Everything that the facets of what is known now are counted from, so that counting reads no content: of the current list, of
-- a day, of what is due.
create index register_slice_facets on register_slice
  (register, state, region, c1, c2, c3, c4, c5, c6, last, void, valid_from, valid_to, due_on)
  where recorded_to is null;
-- Pages of a list of what held on a day.
create index register_slice_known on register_slice (register, serial) where recorded_to is null;
