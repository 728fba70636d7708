-- The index of "more like this" is made from the documents, and made again where it is empty: backups leave it out. It holds
-- twenty times as many rows as everything else.
alter table patent_term /*cluster*/ modify comment 'derived';
alter table patent_term_span /*cluster*/ modify comment 'derived';
alter table patent_term_doc /*cluster*/ modify comment 'derived';
alter table patent_term_dead /*cluster*/ modify comment 'derived';
