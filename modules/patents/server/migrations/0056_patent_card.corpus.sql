-- What a list shows of a record, as one value: a page of twenty hits reads twenty values instead of twenty in each of twenty
-- columns. Rows from before this column have it made on the fly until they are merged.
alter table patent_document /*cluster*/ add column if not exists card String materialized toJSONString(cast(
  (number, application_number, country, kind, type, granted, lang, title, abstract, applicants, ipc, cpc, filing_day,
   publication_day, legal_status, region, agency, claim_count, citation_count, family_size, demo),
  'Tuple(number String, application_number String, country String, kind String, type String, granted UInt8, lang String,
   title String, abstract String, applicants Array(String), ipc Array(String), cpc Array(String), filing_day UInt32,
   publication_day UInt32, legal_status String, region String, agency String, claim_count UInt16, citation_count UInt16,
   family_size UInt16, demo UInt8)')) codec(ZSTD(1));
