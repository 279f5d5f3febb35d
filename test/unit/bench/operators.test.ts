import { expect, test } from 'vitest';
import { byOperator } from '../../bench/operators.js';

const event = (node: string, operator: string, us: number) =>
  `{"cat" : "Node","pid" :42,"dur" :${us},"ts" :1,"ph" : "X","name" :"${node}_kernel_time","args" : {"op_name" : "${operator}"}},`;

test('each node counts with its shortest run, and nodes of one operator are added up', () => {
  const session = '{"cat" : "Session","pid" :42,"dur" :9000,"ts" :1,"ph" : "X","name" :"model_run","args" : {}},';
  const lines = [event('a', 'MatMul', 900), event('b', 'MatMul', 200), event('c', 'Add', 50), session];
  const again = [event('a', 'MatMul', 300), event('b', 'MatMul', 700), event('c', 'Add', 80)];
  const found = byOperator(['[', ...lines, ...again, ']'].join('\n'));
  expect([...found].map(([name, ms]) => [name, Number(ms.toFixed(3))])).toEqual([
    ['MatMul', 0.5],
    ['Add', 0.05],
  ]);
});
