/** Small fictitious files of every source; no person or firm in them exists. */

const grant = (n: number, more = '') => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v45-2014-04-03.dtd" [ ]>
<us-patent-grant lang="EN" country="US"><us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>0900000${n}</doc-number><kind>B2</kind><date>20150106</date></document-id></publication-reference>
<application-reference appl-type="utility"><document-id><country>US</country><doc-number>1300000${n}</doc-number><date>20121009</date></document-id></application-reference>
<priority-claims><priority-claim sequence="01" kind="national"><country>JP</country><doc-number>2008-148514</doc-number><date>20080605</date></priority-claim></priority-claims>
<classifications-ipcr><classification-ipcr><section>A</section><class>47</class><subclass>G</subclass><main-group>9</main-group><subgroup>02</subgroup><symbol-position>F</symbol-position></classification-ipcr></classifications-ipcr>
<classifications-cpc><main-cpc><classification-cpc><section>D</section><class>03</class><subclass>D</subclass><main-group>15</main-group><subgroup>0027</subgroup></classification-cpc></main-cpc></classifications-cpc>
<invention-title id="t">Quilt &#x2014; with a heart &hearts; &plus; a pocket</invention-title>
<us-references-cited><us-citation><patcit num="1"><document-id><country>US</country><doc-number>2007/0140112</doc-number><kind>A1</kind><name>Weaver et al.</name><date>20070600</date></document-id></patcit><category>cited by applicant</category></us-citation>
<us-citation><nplcit num="2"><othercit>On quilts, vol. 3.</othercit></nplcit><category>cited by examiner</category></us-citation></us-references-cited>
<us-related-documents><us-provisional-application><document-id><country>US</country><doc-number>6031962${n}</doc-number><date>20021016</date></document-id></us-provisional-application></us-related-documents>
<us-parties><us-applicants><us-applicant sequence="001" app-type="applicant"><addressbook><orgname>Cloudwater Textile Inc.</orgname><address><city>Fairport</city><state>NY</state><country>US</country></address></addressbook></us-applicant></us-applicants>
<inventors><inventor sequence="001"><addressbook><last-name>Thread</last-name><first-name>Silken Q.</first-name></addressbook></inventor></inventors></us-parties>
</us-bibliographic-data-grant>
<abstract id="a"><p id="p1">A quilt with H<sub>2</sub>O pockets.</p></abstract>
<description id="d"><heading>FIELD</heading><p>Bedding.</p><p>See <figref>FIG. 1</figref>.</p></description>
<claims id="c"><claim id="CLM-1" num="00001"><claim-text>1. A quilt comprising:<claim-text>a cover; and</claim-text><claim-text>a filling.</claim-text></claim-text></claim>
<claim id="CLM-2" num="00002"><claim-text>2. The quilt of <claim-ref idref="CLM-1">claim 1</claim-ref>, being blue.</claim-text></claim></claims>${more}
</us-patent-grant>
`;

/** A weekly file: three grants and, between them, a document that is none. */
export const USPTO = `${grant(1)}${grant(2)}<?xml version="1.0"?>\n<sequence-cwu><x/></sequence-cwu>\n${grant(3)}`;

/** A publication after the DTD of 2006. */
export const CN_DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cn-patent-document SYSTEM "cn-patent-document-06-10-27.dtd">
<cn-patent-document lang="ZH" country="CN"><cn-bibliographic-data>
<cn-publication-reference><document-id><country>CN</country><doc-number>108888881</doc-number><kind>A</kind><date>20181123</date></document-id><gazette-reference><gazette-num>34-4702</gazette-num><date>20181123</date></gazette-reference></cn-publication-reference>
<application-reference appl-type="invention"><document-id><country>CN</country><doc-number>201811107071.6</doc-number><date>20180921</date></document-id></application-reference>
<priority-claims><priority-claim sequence="1" kind="national"><country>CN</country><doc-number>201710888888.8</doc-number><date>20170927</date></priority-claim></priority-claims>
<classification-ipc><ipc-version>7</ipc-version><main-classification>D03D 15/00</main-classification><further-classification>A47G 9/02</further-classification></classification-ipc>
<invention-title lang="ZH">一种可水洗的
  蚕丝被</invention-title>
<references-cited><citation><patcit><document-id><country>CN</country><doc-number>1382448</doc-number><kind>A</kind></document-id></patcit><category>X</category></citation></references-cited>
<cn-parties><cn-applicants><cn-applicant sequence="1"><addressbook lang="ZH"><orgname>云洲市织造有限公司</orgname><address><state>江苏省</state><city>云洲市</city><street>纺织路1号</street><postcode>226000</postcode></address></addressbook></cn-applicant></cn-applicants>
<cn-inventors><cn-inventor sequence="1"><last-name>林</last-name><first-name>示例</first-name></cn-inventor></cn-inventors>
<cn-agents><cn-agent sequence="1"><cn-agency><addressbook><orgname>云洲专利代理事务所</orgname></addressbook></cn-agency><name>范例</name></cn-agent></cn-agents></cn-parties>
<cn-related-documents><division><relation><parent-doc><document-id><country>CN</country><doc-number>201610112692.8</doc-number></document-id></parent-doc></relation></division></cn-related-documents>
</cn-bibliographic-data><application-body>
<description><invention-title>一种可水洗的蚕丝被</invention-title><technical-field><heading>技术领域</heading><p num="0001">本发明涉及家纺。</p></technical-field></description>
<claims><claim num="1"><claim-text>一种蚕丝被，其特征在于，包括被套。</claim-text></claim><claim num="2"><claim-text>如<claim-ref idref="cl1">权利要求1</claim-ref>所述的蚕丝被。</claim-text></claim></claims>
<abstract><p>公开了一种蚕丝被。</p></abstract></application-body></cn-patent-document>
`;

/** The exchange format: a publication, its legal status, its dealings and its family. */
export const CNIPA = `<?xml version="1.0" encoding="utf-8"?>
<Documents fileName="X.XML" quantity="4" schemaVersion="V1.1.0" producer="ipph">
<PatentDocument sequence="1"><BibliographicData>
<PublicationInfo dataFormat="ipph"><DocumentID><Country>CN</Country><Number>2018108888881</Number><Kind>B</Kind><Date>20200131</Date></DocumentID></PublicationInfo>
<PublicationInfo dataFormat="original"><DocumentID><Country>CN</Country><Number>108888881</Number><Kind>B</Kind><Date>20200131</Date></DocumentID></PublicationInfo>
<ApplicationInfo dataFormat="original"><DocumentID><Country>CN</Country><Number>201811107071.6</Number><Date>20180921</Date></DocumentID></ApplicationInfo>
<CurrentLegalStatus>10</CurrentLegalStatus>
<PriorityClaimDetails><PriorityClaim><DocumentID><Country>CN</Country><Number>201710888888.8</Number><Date>20170927</Date></DocumentID></PriorityClaim></PriorityClaimDetails>
<ClassificationsIPCR><ClassificationIPCR sequence="1"><Section>D</Section><MainClass>03</MainClass><SubClass>D</SubClass><MainGroup>15</MainGroup><SubGroup>00</SubGroup></ClassificationIPCR><ClassificationIPCR sequence="2"><Text>A47G9/02</Text></ClassificationIPCR></ClassificationsIPCR>
<Title lang="en" format="translated">Washable silk quilt</Title><Title lang="zh" format="original">一种可水洗的蚕丝被</Title>
<Parties><Applicants><Applicant organizationType="IME" format="original"><Name lang="zh">云洲市织造有限公司</Name><AddressBook><Address><AreaCode>CN320000</AreaCode><Text>226000 江苏省云洲市纺织路1号</Text></Address></AddressBook></Applicant></Applicants>
<Inventors><Inventor format="original"><Name>林示例</Name></Inventor></Inventors>
<Agents><Agency format="original"><OrganizationName>云洲专利代理事务所</OrganizationName></Agency><Agent format="original"><Name>范例</Name></Agent></Agents></Parties>
<ReferencesCited><Citation citedBy="审查员"><PatentCitation><DocumentInfo dataFormat="original"><DocumentID><Country>CN</Country><Number>1382448</Number><Kind>A</Kind></DocumentID></DocumentInfo></PatentCitation><ReferenceDocCategory>Y</ReferenceDocCategory></Citation></ReferencesCited>
</BibliographicData>
<Abstract lang="zh"><Paragraph>公开了一种蚕丝被。</Paragraph></Abstract>
<Claims claimsQuantity="2"><Claim number="1"><ClaimText>一种蚕丝被，包括：<ClaimText>被套；</ClaimText></ClaimText></Claim><Claim number="2"><ClaimText>如<ClaimReference>权利要求1</ClaimReference>所述的蚕丝被。</ClaimText></Claim></Claims>
<Description><TechnicalField><Heading>技术领域</Heading><Paragraph number="0001">家纺。</Paragraph></TechnicalField></Description></PatentDocument>
<LegalDocument><ApplicationInfo dataFormat="original"><DocumentID><Country>CN</Country><Number>201811107071.6</Number></DocumentID></ApplicationInfo>
<Legal impact="10"><LegalPublicationDate>20200131</LegalPublicationDate><LegalCode>GR01</LegalCode><LegalDescription>授权</LegalDescription></Legal></LegalDocument>
<OperationalDocuments><ApplicationInfo dataFormat="original"><DocumentID><Country>CN</Country><Number>201811107071.6</Number></DocumentID></ApplicationInfo>
<PledgeInfo><PledgeRecord><Pledge eventDate="20210305"><PledgeDetail><EffectiveDate>20210226</EffectiveDate><ContractRegistrationNumber>Y2021320000001</ContractRegistrationNumber><Pledgors><Pledgor><Name>云洲市织造有限公司</Name></Pledgor></Pledgors><Pledgees><Pledgee><Name>云洲银行</Name></Pledgee></Pledgees></PledgeDetail><Legal><LegalPublicationDate>20210305</LegalPublicationDate><LegalCode>PE01</LegalCode><LegalDescription>专利权质押合同登记的生效</LegalDescription></Legal></Pledge></PledgeRecord></PledgeInfo></OperationalDocuments>
<PatentFamily><PublicationInfo dataFormat="original"><DocumentID><Country>CN</Country><Number>108888881</Number><Kind>B</Kind></DocumentID></PublicationInfo>
<Family familyType="simple" familyID="F77"><FamilyMember><DocumentInfo dataFormat="original"><DocumentID><Country>WO</Country><Number>2019012345</Number><Kind>A1</Kind></DocumentID></DocumentInfo></FamilyMember></Family></PatentFamily>
</Documents>`;

const docdb = (country: string, number: string, kind: string, date = '') =>
  `<document-id document-id-type="docdb"><country>${country}</country><doc-number>${number}</doc-number><kind>${kind}</kind>${date === '' ? '' : `<date>${date}</date>`}</document-id>`;

const ops = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="/style.xsl"?>\n<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org">${inside}</ops:world-patent-data>`;

/** An answer with bibliographic data. */
export const OPS_BIBLIO =
  ops(`<exchange-documents><exchange-document system="ops.epo.org" family-id="77" country="EP" doc-number="9000001" kind="A1"><bibliographic-data>
<publication-reference>${docdb('EP', '9000001', 'A1', '20200517')}</publication-reference>
<classifications-ipcr><classification-ipcr sequence="1"><text>D03D  15/    00            A I                    </text></classification-ipcr></classifications-ipcr>
<patent-classifications><patent-classification sequence="1"><classification-scheme office="EP" scheme="CPCI"/><section>A</section><class>47</class><subclass>G</subclass><main-group>9</main-group><subgroup>0207</subgroup></patent-classification></patent-classifications>
<application-reference>${docdb('CN', '2018106599', 'W', '20181108')}</application-reference>
<priority-claims><priority-claim sequence="1" kind="national">${docdb('CN', '201710888888', 'A', '20170927')}</priority-claim></priority-claims>
<parties><applicants><applicant sequence="1" data-format="epodoc"><applicant-name><name>YUNZHOU WEAVING CO [CN]</name></applicant-name></applicant><applicant sequence="1" data-format="original"><applicant-name><name>Yunzhou Weaving Co., Ltd</name></applicant-name></applicant></applicants></parties>
<invention-title lang="de">Steppdecke</invention-title><invention-title lang="en">Quilt</invention-title>
<references-cited><citation cited-phase="international-search-report" cited-by="examiner" sequence="1"><patcit num="1">${docdb('DE', '3546191', 'A1', '19870702')}</patcit><category>A</category><rel-claims>1-3</rel-claims></citation></references-cited>
</bibliographic-data><abstract lang="en"><p>A quilt.</p></abstract></exchange-document></exchange-documents>`);

/** A family with one legal event. */
export const OPS_FAMILY =
  ops(`<ops:patent-family legal="true" total-result-count="2"><ops:publication-reference>${docdb('EP', '9000001', 'A1')}</ops:publication-reference>
<ops:family-member family-id="77"><publication-reference>${docdb('EP', '9000001', 'A1', '20200517')}</publication-reference>
<ops:legal code="17P " desc="REQUEST FOR EXAMINATION FILED" infl="+"><ops:L001EP desc="Country Code">EP</ops:L001EP><ops:L007EP desc="Gazette DATE">2020-12-27</ops:L007EP><ops:L500EP><ops:L525EP desc="Effective DATE">20201027</ops:L525EP></ops:L500EP></ops:legal></ops:family-member>
<ops:family-member family-id="77"><publication-reference>${docdb('CN', '108888881', 'A', '20181123')}</publication-reference></ops:family-member></ops:patent-family>`);

/** Claims alone. */
export const OPS_CLAIMS = ops(
  `<ftxt:fulltext-documents xmlns:ftxt="f"><ftxt:fulltext-document><bibliographic-data><publication-reference data-format="docdb"><document-id><country>EP</country><doc-number>9000001</doc-number><kind>A1</kind></document-id></publication-reference></bibliographic-data><claims lang="EN"><claim><claim-text>1. A quilt.</claim-text><claim-text>2. A quilt of claim 1.</claim-text></claim></claims></ftxt:fulltext-document></ftxt:fulltext-documents>`,
);

/** An export of Lens.org; the second row lacks columns. */
export const LENS = `"#",Jurisdiction,Kind,Publication Number,Lens ID,Publication Date,Application Number,Application Date,Priority Numbers,Title,Applicants,Inventors,CPC Classifications,IPCR Classifications,Non-Patent Citations
1,CN,A,CN 108888881 A,000-000-000-000-001,2018-11-23,CN 201811107071 A,2018-09-21,CN 201710888888 A 20170927;;CN 2014071250 W 20140123,Washable Quilt,YUNZHOU WEAVING CO;;YUNZHOU BEDDING CO,,A47G9/02;;D03D15/00,D03D15/00,"On quilts, vol. 3"
2,CN,A
3,EP,B9,EP 9000002 B9 20031217,000-000-000-000-003,2003-12-17,US 2014071250 W,,,Pillow,,,,,
`;

/** References as a citation database exports them; one runs over two lines, one is no patent. */
export const REFERENCES = `[1]A·示例,G.范例. 一种织机[P]. 美国：CN1387401,2002-12-25.\r
\r
[2]云洲市织造有限公司,\r
云洲大学. 一种印花方法[P]. 江苏：CN108888881A,2018-11-23.\r
\r
[3]林示例. 关于织机的论文[J]. 纺织学报,2001.\r
\r
[4]云洲研究所. 一种温热装置：88105607.3[P]. 1989-07-26.\r
`;

/** The platform's own format with everything structured. */
export const JSONL = `{"publicationNumber":"CN108888881A","title":"一种蚕丝被","applicants":["甲公司","乙公司"],"titles":{"en":"Quilt"},"citations":["CN1382448A",{"text":"On quilts","category":"X"}],"priorities":[{"number":"201710888888.8","country":"CN","date":"2017-09-27"}],"events":[{"date":"2021-03-05","code":"PE01","text":"质押","detail":{"质权人":"云洲银行"}}],"family":{"simple":"F77","members":["WO2019012345A1"]},"注":"x"}
{"publicationNumber":"CN108888882A","title":"枕","events":"什么","family":7.5,"applicants":[{}]}
{"publicationNumber":"EP9000001A1","partial":true,"citations":"CN1;CN2"}
`;
