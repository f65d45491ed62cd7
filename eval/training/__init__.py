"""Training the two adapters of the bundled encoder: questions become examples, arrays, adapters.

    jinwen eval train --data GOVQA --out DIR --prepare     examples and arrays, on any machine
    python -m eval.training --out DIR --device cuda        training, where there is a GPU

The second step needs PyTorch, NumPy and safetensors, nothing else that has to be installed: see
`learning`. What the first step needs, the whole of jinwen, is imported by `preparing` alone.
"""
