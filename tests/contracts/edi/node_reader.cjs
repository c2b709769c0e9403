// Reads interchanges (a JSON list of texts on standard input) with node-x12, strictly, and prints for each
// {"error": text} or {"segments": [[id, element, …], …]}. The folder of node_modules is the first argument.
const { createRequire } = require('node:module')
const { X12Parser } = createRequire(process.argv[2] + '/')('node-x12')

function said (text) {
  try {
    const parsed = new X12Parser(true).parse(text)
    const interchanges = parsed.interchanges ?? [parsed]
    const segments = []
    for (const interchange of interchanges) {
      for (const group of interchange.functionalGroups) {
        for (const set of group.transactions) {
          for (const segment of set.segments) {
            segments.push([segment.tag, ...segment.elements.map((element) => element.value)])
          }
        }
      }
    }
    return { segments }
  } catch (error) {
    return { error: error.message }
  }
}

const chunks = []
process.stdin.on('data', (chunk) => chunks.push(chunk))
process.stdin.on('end', () => {
  const texts = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  process.stdout.write(JSON.stringify(texts.map(said)))
})
