-- Sends the requests of a file in turn; each is its length in bytes, a line feed, and the text to send. The mark in
-- some of them is replaced with a text of the same length that was never sent before.
local MARK = string.rep('@', 12)
local requests, sent, run = {}, 0, ''

function init(arguments)
  run = arguments[2]
  local file = assert(io.open(arguments[1], 'rb'))
  for length in function() return file:read('*n') end do
    file:read(1)
    local text = file:read(length)
    local at = text:find(MARK, 1, true)
    requests[#requests + 1] = at and { text:sub(1, at - 1), text:sub(at + #MARK) } or text
  end
  file:close()
end

function request()
  local next = requests[sent % #requests + 1]
  sent = sent + 1
  if type(next) == 'string' then return next end
  return next[1] .. string.format('%s%07d', run, sent) .. next[2]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"errors":%d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
