/** A fault's two sentences in both languages; words in braces are filled in where it is raised. */
interface FaultText {
  zh: string;
  en: string;
  fixZh: string;
  fixEn: string;
}

const text = (zh: string, en: string, fixZh: string, fixEn: string): FaultText => ({ zh, en, fixZh, fixEn });

/** Faults of the folder, its files and their shape. */
const FILE_FAULTS = {
  'folder-missing': text(
    '没有这个文件夹：{folder}',
    'There is no folder {folder}.',
    '检查路径，数据包是一个含 city.yaml 的文件夹。',
    'Check the path: a pack is a folder that contains city.yaml.',
  ),
  'file-missing': text(
    '缺少文件“{file}”。',
    'The file “{file}” is missing.',
    '补上该文件，或更正引用它的路径。',
    'Add the file or correct the path that names it.',
  ),
  'not-a-file': text('“{file}”不是文件。', '“{file}” is not a file.', '改为一个文件的路径。', 'Name a file.'),
  'file-unreadable': text(
    '文件“{file}”读不出来：{reason}',
    'The file “{file}” cannot be read: {reason}',
    '检查文件权限和磁盘。',
    'Check the file’s permissions and the disk.',
  ),
  'file-too-large': text(
    '文件“{file}”有 {size} 字节，超过上限 {limit} 字节。',
    'The file “{file}” has {size} bytes; the limit is {limit}.',
    '简化或拆分该文件。',
    'Simplify or split the file.',
  ),
  'path-escapes': text(
    '路径“{file}”指向数据包文件夹之外。',
    'The path “{file}” leaves the pack’s folder.',
    '把文件放进数据包文件夹，用不含“..”的相对路径；不要用指向外面的链接。',
    'Put the file into the pack’s folder and use a relative path without “..”; no links that lead outside.',
  ),
  'file-used-twice': text(
    '文件“{file}”被用作两种内容。',
    'The file “{file}” is used for two kinds of content.',
    '每种内容用自己的文件。',
    'Give each kind of content a file of its own.',
  ),
  'not-utf8': text(
    '文件“{file}”不是 UTF-8 编码。',
    'The file “{file}” is not in UTF-8.',
    '用编辑器另存为 UTF-8（不是 GBK 或 GB18030）。',
    'Save it as UTF-8 (not GBK or GB18030).',
  ),
  'yaml-syntax': text(
    'YAML 写法有误：{reasonZh}。',
    'Broken YAML: {reasonEn}',
    '检查该行及上一行的缩进、冒号后的空格、引号和括号。',
    'Check indentation, the space after colons, quotes and brackets of this line and the one before.',
  ),
  'duplicate-key': text(
    '同一个键出现了两次。',
    'The same key stands twice.',
    '删去其中一个。',
    'Remove one of them.',
  ),
  'alias-bomb': text(
    '锚点的引用展开后超过 {limit} 次。',
    'Anchors expand to more than {limit} copies.',
    '把内容直接写出，或减少嵌套的别名。',
    'Write the content out or nest fewer aliases.',
  ),
  'json-syntax': text(
    'JSON 写法有误：{reason}',
    'Broken JSON: {reason}',
    '用 GeoJSON 工具重新导出该文件。',
    'Export the file again with a GeoJSON tool.',
  ),
  'unknown-key': text(
    '不认识的键“{key}”。{hintZh}',
    'Unknown key “{key}”. {hintEn}',
    '更正拼写或删去；此处可用的键：{allowed}。',
    'Correct or remove it; keys allowed here: {allowed}.',
  ),
  'missing-key': text(
    '缺少“{key}”。',
    '“{key}” is missing.',
    '补上“{key}”（{expectedZh}）；没有内容时写 null 或 []，依格式说明。',
    'Add “{key}” ({expectedEn}); where there is nothing write null or [], as the format says.',
  ),
  unsourced: text(
    '没有写明来源：缺少“{key}”。',
    'Not sourced: “{key}” is missing.',
    '写上 source（city.yaml 中 sources 的 id）和 verified（是否真正读过该来源）。',
    'Add source (an id of sources in city.yaml) and verified (was that source really read).',
  ),
  'crs-unnamed': text(
    '没有写明坐标系。',
    'The coordinate system is not named.',
    '写上 crs：name（不知道就写 unknown）、verified 和 note。',
    'Add crs with name (unknown where it is not known), verified and note.',
  ),
  'feature-without-region': text(
    '这个图形没有写明属于哪个区域。',
    'This feature names no region.',
    '在 properties 中加 region，值为 regions.yaml 中的 id。',
    'Add region to its properties, an id of regions.yaml.',
  ),
  'wrong-type': text(
    '这里应为{expectedZh}，实为{actualZh}。',
    'Expected {expectedEn}, found {actualEn}.',
    '改为{expectedZh}；像数字的文字（代码、编号、年份）要加引号。',
    'Make it {expectedEn}; quote text that looks like a number (codes, numbers, years).',
  ),
  'not-one-of': text(
    '“{value}”不在允许的值之内。{hintZh}',
    '“{value}” is not one of the allowed values. {hintEn}',
    '可用的值：{allowed}。',
    'Allowed: {allowed}.',
  ),
  'wrong-form': text(
    '这个值的形式不对。',
    'This value has the wrong form.',
    '写一个数字、{ min, max } 或 null。',
    'Write a number, { min, max } or null.',
  ),
  'wrong-geometry': text(
    '图形不是多边形，或坐标不完整。',
    'The geometry is not a polygon or lacks coordinates.',
    '用 Polygon 或 MultiPolygon，每个环至少 4 个点，首尾相同。',
    'Use Polygon or MultiPolygon; rings have at least 4 points, the last equal to the first.',
  ),
  'too-few': text(
    '这里至少要有 {limit} 项。',
    'At least {limit} entries are needed here.',
    '补足。',
    'Add what is missing.',
  ),
  'out-of-bounds': text(
    '数值 {value} 超出允许范围（{limit}）。',
    'The number {value} is out of bounds ({limit}).',
    '更正数值。',
    'Correct the number.',
  ),
  'bad-year-key': text(
    '键“{key}”不是四位年份。',
    'The key “{key}” is not a four-digit year.',
    "写成 '2017'。",
    "Write it like '2017'.",
  ),
  'bad-format': text(
    '“{value}”的写法不对：应为{formatZh}。',
    '“{value}” is badly written: expected {formatEn}.',
    '照此更正：{formatZh}。',
    'Correct it: {formatEn}.',
  ),
} satisfies Record<string, FaultText>;

/** Faults of meaning: what the parts of the pack say about each other. */
const MEANING_FAULTS = {
  'duplicate-id': text(
    '“{id}”重复，前一处在第 {line} 行。',
    '“{id}” stands twice; first in line {line}.',
    '每一项用自己的 id。',
    'Give each entry an id of its own.',
  ),
  'unknown-source': text(
    '来源“{id}”不存在。{hintZh}',
    'There is no source “{id}”. {hintEn}',
    '更正，或在 city.yaml 的 sources 中加上它。',
    'Correct it or add it to sources in city.yaml.',
  ),
  'unknown-department': text(
    '部门“{id}”不存在。{hintZh}',
    'There is no department “{id}”. {hintEn}',
    '更正，或在 departments.yaml 中加上它。',
    'Correct it or add it to departments.yaml.',
  ),
  'unknown-region': text(
    '区域“{id}”不存在。{hintZh}',
    'There is no region “{id}”. {hintEn}',
    '更正，或在 regions.yaml 中加上它。',
    'Correct it or add it to regions.yaml.',
  ),
  'unknown-project': text(
    '工程“{id}”不存在。{hintZh}',
    'There is no project “{id}”. {hintEn}',
    '更正，或在 plan.yaml 中加上它。',
    'Correct it or add it to plan.yaml.',
  ),
  'unknown-task': text(
    '工程“{project}”中没有重点任务“{id}”。{hintZh}',
    'Project “{project}” has no task “{id}”. {hintEn}',
    '更正，或在 plan.yaml 中加上它。',
    'Correct it or add it to plan.yaml.',
  ),
  'unknown-stage': text(
    '没有阶段“{id}”。{hintZh}',
    'There is no stage “{id}”. {hintEn}',
    '更正，或在 stages 中加上它。',
    'Correct it or add it to stages.',
  ),
  'unknown-light': text(
    '没有亮灯规则“{id}”。{hintZh}',
    'There is no light rule “{id}”. {hintEn}',
    '更正，或在 lights.yaml 中加上它。',
    'Correct it or add it to lights.yaml.',
  ),
  'adcode-outside-province': text(
    '代码 {code} 不属于 {parent}。',
    'Code {code} does not lie in {parent}.',
    '更正代码：前几位应与上级相同。',
    'Correct the code: its first digits are those of the place above.',
  ),
  'city-code-differs': text(
    '城市区域的代码中没有 city.yaml 的 {code}。',
    'The city’s region does not have the code {code} of city.yaml.',
    '使两处一致。',
    'Make both agree.',
  ),
  'period-reversed': text(
    '起始 {from} 晚于终止 {to}。',
    'The beginning {from} is after the end {to}.',
    '更正日期。',
    'Correct the dates.',
  ),
  'years-broken': text(
    '年份应从小到大、逐年相连：{years}。',
    'The years must rise one by one: {years}.',
    '更正 years。',
    'Correct years.',
  ),
  'years-do-not-fit': text(
    '年份 {years} 与起止日期 {from} 至 {to} 不符。',
    'The years {years} do not fit the days {from} to {to}.',
    '首年应为起始日所在年，末年应为终止日所在年。',
    'The first year is that of the first day, the last that of the last day.',
  ),
  'missing-year': text(
    '缺少 {year} 年。',
    'The year {year} is missing.',
    '方案的每一年都要有一项；没有时写 null。',
    'Give every year of the plan an entry; null where there is nothing.',
  ),
  'year-outside-plan': text(
    '{year} 年不在方案期内。',
    'The year {year} is outside the plan.',
    '删去，或更正年份。',
    'Remove or correct it.',
  ),
  'composite-without-parts': text(
    '复合指标没有分项。',
    'A composite indicator has no parts.',
    '写上 parts，或改 kind。',
    'Add parts or change the kind.',
  ),
  'parts-on-single': text(
    '只有复合指标才有分项。',
    'Only composite indicators have parts.',
    '删去 parts，或把 kind 改为 composite。',
    'Remove parts or make the kind composite.',
  ),
  'composite-with-target': text(
    '复合指标的目标应写在各分项。',
    'The targets of a composite belong to its parts.',
    '此处各年写 null。',
    'Write null for each year here.',
  ),
  'number-without-unit': text(
    '有数字目标而没有单位。',
    'There is a target number without a unit.',
    '补上 unit。',
    'Add unit.',
  ),
  'milestone-without-stages': text(
    '里程碑指标没有阶段；有数字目标的年份之外也须有阶段。',
    'A milestone indicator has no stages, not even beside target numbers.',
    '写上 milestones（stages 和 required）。',
    'Add milestones with stages and required.',
  ),
  'stages-on-number': text(
    '只有里程碑指标才有阶段。',
    'Only milestone indicators have stages.',
    '删去 milestones，或把 kind 改为 milestone。',
    'Remove milestones or make the kind milestone.',
  ),
  'ranks-not-rising': text(
    '阶段序号 {rank} 没有大于前一阶段。',
    'The rank {rank} is not above the stage before.',
    '序号从 1 起逐个增大。',
    'Ranks rise from 1 along the list.',
  ),
  'number-and-stage': text(
    '{year} 年既有数字目标又有阶段目标。',
    'The year {year} has both a number and a stage as its target.',
    '两者只留一个。',
    'Keep one of them.',
  ),
  'no-target-at-all': text(
    '没有任何一年有目标。',
    'No year has a target.',
    '至少给一年写上目标。',
    'Give at least one year a target.',
  ),
  'range-misplaced': text(
    '只有区间类指标可以用 { min, max }。',
    'Only indicators of kind range may use { min, max }.',
    '写一个数字，或把 kind 改为 range。',
    'Write a number or make the kind range.',
  ),
  'range-reversed': text(
    '区间下限 {min} 不小于上限 {max}。',
    'The lower end {min} is not below the upper end {max}.',
    '更正区间。',
    'Correct the range.',
  ),
  'target-falls': text(
    '{year} 年的累计目标 {value} 小于前一年的 {before}。',
    'The cumulative target {value} of {year} is below {before} of the year before.',
    '累计数不会减少：更正目标，或改 kind。',
    'A cumulative count never falls: correct the target or the kind.',
  ),
  'floor-without-number': text(
    '{year} 年标为“以上”，但没有数字目标。',
    'The year {year} is marked as a floor but has no target number.',
    '删去该年，或补上目标。',
    'Remove the year or add the target.',
  ),
  'span-wrong': text(
    '跨年单元格的年份不对：应以 {year} 年开头，逐年相连。',
    'The years of the merged cell are wrong: they begin with {year} and follow one another.',
    '更正 years。',
    'Correct years.',
  ),
  'span-text-differs': text(
    '{year} 年的原文与同一跨年单元格的原文不同。',
    'The printed text of {year} differs from that of its merged cell.',
    '合并单元格的各年写同样的原文。',
    'Repeat the same text in all years of a merged cell.',
  ),
  'baseline-too-late': text(
    '基期日 {at} 不早于方案起始日 {start}。',
    'The baseline’s day {at} is not before the plan’s start {start}.',
    '更正日期。',
    'Correct the day.',
  ),
  'weight-missing': text(
    '加权汇总没有写明权重。',
    'A weighted county rule names no weight.',
    '写上 weight: population 或 reported。',
    'Add weight: population or reported.',
  ),
  'weight-misplaced': text(
    '只有加权汇总才有权重。',
    'Only a weighted county rule has a weight.',
    '删去 weight，或把 rule 改为 weighted。',
    'Remove weight or make the rule weighted.',
  ),
  'sum-without-reports': text(
    '县（市）区不报送，却要由其相加或加权。',
    'The counties do not report, but their figures are to be added or weighted.',
    '把 reports 改为 true，或把 rule 改为 latest 或 not-addable。',
    'Set reports to true or the rule to latest or not-addable.',
  ),
  'light-unfit': text(
    '亮灯规则“{id}”（{expectation}）不适用于 {kind} 类指标。',
    'The light rule “{id}” ({expectation}) does not fit an indicator of kind {kind}.',
    'stage 只用于 milestone，worst-part 只用于 composite，其余两种用于数字。',
    'stage is for milestones, worst-part for composites, the other two for numbers.',
  ),
  'kind-without-light': text(
    '没有亮灯规则适用于 {kind} 类指标。',
    'No light rule applies to indicators of kind {kind}.',
    '在 lights.yaml 某一规则的 appliesTo 中加上它。',
    'Add it to appliesTo of a rule in lights.yaml.',
  ),
  'kind-with-two-lights': text(
    '{kind} 类指标已由规则“{id}”管。',
    'Indicators of kind {kind} already belong to rule “{id}”.',
    '每一类只写在一条规则的 appliesTo 中。',
    'Name each kind in appliesTo of one rule only.',
  ),
  'light-bounds': text(
    '预警线 {risk} 应小于达标线 {met}。',
    'The bound of risk {risk} must be below that of met {met}.',
    '更正 met 和 risk。',
    'Correct met and risk.',
  ),
  'unknown-placeholder': text(
    '模板中的“{name}”不认识。{hintZh}',
    'Unknown word “{name}” in braces. {hintEn}',
    '可用的词：{allowed}。',
    'Allowed: {allowed}.',
  ),
  'validity-overlaps': text(
    '有效期与前一项重叠：{period} 与 {other}。',
    'Its period {period} overlaps {other} of an entry before.',
    '前一项的 to 应为后一项 from 的前一天。',
    'Let the earlier end on the day before the later begins.',
  ),
  'validity-gap': text(
    '与前一项之间有空档：{from} 至 {to}。',
    'There is a gap before it: {from} to {to}.',
    '使各期相接，或说明空档。',
    'Let the periods meet.',
  ),
  'successor-itself': text(
    '“{id}”不能由自己接续。',
    '“{id}” cannot succeed itself.',
    '写接续它的另一个 id，改名用 names。',
    'Name another id; a change of name belongs into names.',
  ),
  'successor-cycle': text(
    '接续关系成环：{cycle}。',
    'The successors run in a circle: {cycle}.',
    '去掉其中一个接续。',
    'Remove one of these links.',
  ),
  'successor-too-early': text(
    '接续日 {from} 早于接续者“{id}”的开始 {start}。',
    'The succession on {from} is before its successor “{id}” begins on {start}.',
    '更正接续日，或接续者名称的 from。',
    'Correct the day or the successor’s first name.',
  ),
  'successor-without-end': text(
    '已有接续者，但最后一个名称没有截止日，或截止日不早于接续日 {from}。',
    'It has successors but its last name has no end or ends only on or after {from}.',
    '把最后一个名称的 to 写为接续日的前一天。',
    'Let its last name end on the day before.',
  ),
  'ends-without-successor': text(
    '已于 {to} 终止，没有写接续者。',
    'It ended on {to} and has no successor.',
    '写上 successors，否则此后的进展无人承担。',
    'Add successors, or nobody answers afterwards.',
  ),
  'successor-kind': text(
    '接续方式不一致：改名和合并只有一个接续者，拆分至少两个且都写 split。',
    'The kinds of succession disagree: renamed and merged have one successor, split has two or more, all split.',
    '更正 kind。',
    'Correct kind.',
  ),
  'members-on-single': text(
    '只有 group 才有成员。',
    'Only a group has members.',
    '删去 members，或把 kind 改为 group。',
    'Remove members or make the kind group.',
  ),
  'members-missing': text(
    'group 没有写 members。',
    'A group has no members.',
    '写上成员；方案未列明时写 []。',
    'List them, or [] where the plan does not say.',
  ),
  'no-city-region': text(
    '应当有且只有一个 kind 为 city、parent 为 null 的区域。',
    'There must be exactly one region of kind city, with parent null.',
    '更正 regions.yaml。',
    'Correct regions.yaml.',
  ),
  'parent-missing': text(
    '县（市）区和园区要写所属区域。',
    'Counties and parks need a parent.',
    '写上 parent。',
    'Add parent.',
  ),
  'parent-cycle': text(
    '所属关系成环：{cycle}。',
    'The parents run in a circle: {cycle}.',
    '更正 parent。',
    'Correct parent.',
  ),
  'code-shared': text(
    '代码 {code} 在同一时期也属于“{id}”。',
    'Code {code} belongs to “{id}” at the same time.',
    '更正代码或有效期。',
    'Correct the code or its period.',
  ),
  'keyword-shared': text(
    '地址用语“{keyword}”也属于“{id}”。',
    'The address word “{keyword}” also belongs to “{id}”.',
    '一个用语只归一个区域。',
    'Give a word to one region only.',
  ),
  'region-not-valid': text(
    '区域“{id}”在 {date} 不存在。',
    'The region “{id}” does not exist on {date}.',
    '改用当时的区域，或更正有效期。',
    'Use the region of that day or correct its period.',
  ),
  'region-without-shape': text(
    '图层中缺少区域“{id}”。',
    'The layer lacks the region “{id}”.',
    '补上它的图形，或更正有效期。',
    'Add its shape or correct the periods.',
  ),
  'region-drawn-twice': text(
    '区域“{id}”画了两次。',
    'The region “{id}” is drawn twice.',
    '用一个 MultiPolygon。',
    'Use one MultiPolygon.',
  ),
  'ring-open': text(
    '多边形的环没有闭合。',
    'A ring of the polygon is not closed.',
    '使末点与首点相同。',
    'Let the last point equal the first.',
  ),
  'not-degrees': text(
    '坐标 {x}, {y} 不是经纬度。',
    'The position {x}, {y} is not longitude and latitude.',
    '用经度、纬度（度），经度在前。',
    'Use degrees, longitude first.',
  ),
  'crs-unverified': text(
    '图层“{id}”的坐标系（{crs}）没有核实。',
    'The coordinate system ({crs}) of layer “{id}” is not verified.',
    '核实来源后把 verified 改为 true；在此之前不要与其他图层叠加。',
    'Set verified to true once the source was checked; until then do not overlay it.',
  ),
  'population-not-reliable': text(
    '{count} 行人口数未经核实或是近似数。',
    '{count} population rows are approximate or not verified.',
    '换成统计年鉴的数并注明来源。',
    'Replace them by the yearbook’s figures with their source.',
  ),
  'population-missing': text(
    '指标 {no} 按人口计算，但缺少 {year} 年末全市常住人口。',
    'Indicator {no} is per head, but the city’s resident population at the end of {year} is missing.',
    '在 population.yaml 中补上。',
    'Add it to population.yaml.',
  ),
  'population-sum': text(
    '{year} 年各县（市）区之和 {sum} 与全市 {total} 相差超过 1%。',
    'In {year} the counties add up to {sum}, more than 1 % off the city’s {total}.',
    '核对各行。',
    'Check the rows.',
  ),
  'calendar-year-missing': text(
    '日历缺少 {year} 年。',
    'The calendar lacks the year {year}.',
    '补上该年的通知；方案期内和通知之间不能缺年。',
    'Add that year’s notice: no gaps, and every year of the plan.',
  ),
  'calendar-last-notice': text(
    'lastNoticeYear 应为最后一年 {year}。',
    'lastNoticeYear should be the last year, {year}.',
    '使两处一致。',
    'Make both agree.',
  ),
  'calendar-day-twice': text(
    '{date} 出现了两次。',
    '{date} stands twice.',
    '一天只能放假或上班一次。',
    'A day is off or worked once.',
  ),
  'calendar-day-outside': text(
    '{date} 不属于 {year} 年的通知。',
    '{date} does not belong to the notice of {year}.',
    '移到它所在的年份。',
    'Move it to its year.',
  ),
  'workday-not-weekend': text(
    '{date} 不是周末，不能列为调休上班日。',
    '{date} is not on a weekend and cannot be a make-up day.',
    '删去，或更正日期。',
    'Remove or correct it.',
  ),
  'no-year-period': text(
    '没有全年的报送期。',
    'There is no period for the whole year.',
    '加一个 kind: year、01-01 至 12-31 的报送期。',
    'Add one of kind year from 01-01 to 12-31.',
  ),
} satisfies Record<string, FaultText>;

/** Every fault the checker can find. */
export const FAULT_TEXTS = { ...FILE_FAULTS, ...MEANING_FAULTS };

/** Stable names of faults. */
export type FaultCode = keyof typeof FAULT_TEXTS;

/** Faults that do not keep a pack from loading. */
export const WARNINGS: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'crs-unverified',
  'population-not-reliable',
  'population-sum',
  'ends-without-successor',
]);
