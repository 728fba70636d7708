import type { CityPack } from '#kernel/city/schema';
import { XML_HEAD, xmlEscape } from '#kernel/office/xml';
import type { Lang } from '#kernel/text';
import { type Flow, type FlowNode, type FlowStyle, flowOf } from './flow.ts';

type Item = CityPack['items'][number];

/** Sizes that BPMN tools give their shapes, in pixels. */
const EVENT = 36;
const GATEWAY = 50;
const STYLE: FlowStyle = {
  gather: false,
  size: (kind, lines) =>
    kind === 'action'
      ? [200, Math.max(80, lines.length * 18 + 44)]
      : kind === 'state'
        ? [GATEWAY, GATEWAY]
        : [EVENT, EVENT],
};

const NAMESPACES =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" ' +
  'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"';

/**
 * A procedure as BPMN 2.0 with its drawing. The state before anything was done is the start event, ends are end events, the
 * other states are exclusive gateways: what is done there decides the way. Actions are user tasks, one in each state where they
 * change none; their limits stand on the sequence flows, law and grounds in the documentation. What may still be done after an
 * end is left out: nothing flows from an end event.
 */
export function bpmnOf(item: Item, limits: CityPack['limits'], lang: Lang): string {
  const flow = flowOf(item, limits, lang, STYLE);
  const actions = new Map(item.actions.map((action) => [`action-${action.id}`, action]));
  const laws = new Map(limits.laws.map((law) => [law.id, law.title[lang]]));
  const process = `process-${item.id}`;
  const flowId = (i: number) => `flow-${i}`;
  const name = (text: string) => `name="${xmlEscape(text)}"`;
  const text = (node: FlowNode) => node.lines.join(lang === 'zh' ? '' : ' ');

  const elements = flow.nodes.map((node) => {
    const ways = flow.edges
      .map((edge, i) => (edge.to === node.id ? `<incoming>${flowId(i)}</incoming>` : ''))
      .concat(flow.edges.map((edge, i) => (edge.from === node.id ? `<outgoing>${flowId(i)}</outgoing>` : '')))
      .join('');
    const action = actions.get(node.id.replace(/\..*$/, ''));
    if (!action) {
      const tag = { start: 'startEvent', end: 'endEvent' }[node.kind as string] ?? 'exclusiveGateway';
      return `<${tag} id="${node.id}" ${name(text(node))}>${ways}</${tag}>`;
    }
    const said = [
      ...(action.when ? [action.when[lang]] : []),
      ...action.basis.map(({ law, article }) => `${laws.get(law)} ${article}`),
    ];
    const documentation =
      said.length === 0 ? '' : `<documentation>${xmlEscape(said.join('\n'))}</documentation>`;
    const title =
      lang === 'zh' ? `${text(node)}（${node.actor!.name}）` : `${text(node)} (${node.actor!.name})`;
    return `<userTask id="${node.id}" ${name(title)}>${documentation}${ways}</userTask>`;
  });
  const flows = flow.edges.map(
    ({ from, to, label }, i) =>
      `<sequenceFlow id="${flowId(i)}" ${label ? `${name(label.text)} ` : ''}sourceRef="${from}" targetRef="${to}"/>`,
  );
  const shapes = flow.nodes.map(
    (node) =>
      `<bpmndi:BPMNShape id="shape-${node.id}" bpmnElement="${node.id}"${node.kind === 'state' ? ' isMarkerVisible="true"' : ''}>` +
      `<dc:Bounds x="${node.x - node.width / 2}" y="${node.y - node.height / 2}" width="${node.width}" height="${node.height}"/></bpmndi:BPMNShape>`,
  );
  const edges = flow.edges.map(
    (edge, i) =>
      `<bpmndi:BPMNEdge id="edge-${i}" bpmnElement="${flowId(i)}">${waypoints(edge)}</bpmndi:BPMNEdge>`,
  );
  return (
    `${XML_HEAD}<definitions ${NAMESPACES} id="definitions-${item.id}" targetNamespace="urn:zhicheng:items">\n` +
    `<process id="${process}" ${name(item.title[lang])} isExecutable="false">\n${[...elements, ...flows].join('\n')}\n</process>\n` +
    `<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="${process}">\n${[...shapes, ...edges].join('\n')}\n` +
    '</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n</definitions>\n'
  );
}

function waypoints({ points }: Flow['edges'][number]): string {
  return points.map(({ x, y }) => `<di:waypoint x="${x}" y="${y}"/>`).join('');
}
